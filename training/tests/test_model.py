import pytest
import torch

from training.mix import mix_stages, mix_states
from training.model import CONV_NAMES, PARAMETERS, Student, collapse_head, expand_head, ship


def some_student(head: str) -> Student:
    torch.manual_seed(3)
    student = Student(head)
    for conv in student.features.conv.values():
        torch.nn.init.normal_(conv.bias, 0, 0.3)
    return student.eval()


def test_shipped_network_is_the_design() -> None:
    shipped = ship(some_student("flatten"))
    assert sum(p.numel() for p in shipped.parameters()) == PARAMETERS == 16_812_353
    maps: dict[str, torch.Tensor] = {}
    shipped(torch.zeros(1, 3, 128, 128), maps)
    assert list(maps) == list(CONV_NAMES)
    assert [tuple(m.shape[1:]) for m in maps.values()] == (
        [(64, 128, 128)] * 2 + [(128, 64, 64)] * 2 + [(256, 32, 32)] * 3 + [(512, 16, 16)] * 3 + [(512, 8, 8)] * 3)


def test_what_ships_computes_what_was_trained() -> None:
    for head in ("flatten", "pool"):
        student = some_student(head)
        x = torch.rand(3, 3, 128, 128) * 2 - 1
        with torch.no_grad():
            before, after = student(x)[0], ship(student)(x)
        assert before.abs().max() > 1e-3
        assert (before - after).abs().max() <= 1e-4, head


def test_a_wrong_weight_is_seen() -> None:
    student = some_student("flatten")
    wrong = ship(student)
    with torch.no_grad():
        wrong.features.conv["block3_conv2"].bias += 0.1
        x = torch.rand(1, 3, 128, 128) * 2 - 1
        assert (student(x)[0] - wrong(x)).abs().max() > 1e-4


def test_a_head_pooled_again_answers_the_same_where_all_positions_agree() -> None:
    pool = some_student("pool")
    again = Student("pool")
    again.load_state_dict(collapse_head(expand_head(pool.state_dict())))
    x = torch.rand(2, 3, 64, 64) * 2 - 1
    with torch.no_grad():
        assert (pool(x)[0] - again.eval()(x)[0]).abs().max() < 1e-4


def test_a_mix_lies_between() -> None:
    before, after = some_student("pool").state_dict(), some_student("flatten").state_dict()
    mixed = mix_states(before, after, 0.75)
    assert set(mixed) == set(after)
    name = "features.conv.block1_conv1.bias"
    assert torch.allclose(mixed[name], 0.75 * after[name] + 0.25 * before[name])
    assert torch.equal(mix_states(before, after, 1.0)["dense.weight"], after["dense.weight"])
    assert torch.allclose(mix_states(before, after, 0.0)["dense.weight"], expand_head(before)["dense.weight"])


def test_only_stages_that_followed_each_other_are_mixed() -> None:
    one, two, other = {"stage": "student", "seed": 1}, {"stage": "student", "seed": 2}, {"stage": "student", "seed": 3}
    assert mix_stages([one], [one, two], 0.5)[-1] == {"stage": "mix", "share": 0.5, "of": 2, "with": 1}
    with pytest.raises(ValueError):
        mix_stages([other], [one, two], 0.5)



def test_expanded_head_computes_the_same_at_full_size() -> None:
    pool = some_student("pool")
    flat = Student("flatten")
    flat.load_state_dict(expand_head(pool.state_dict()))
    x = torch.rand(2, 3, 128, 128) * 2 - 1
    with torch.no_grad():
        assert (pool(x)[0] - flat.eval()(x)[0]).abs().max() < 1e-5
