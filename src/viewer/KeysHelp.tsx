const KEYS: readonly (readonly [string, string])[] = [
  ['arrows', 'move between maps'],
  ['Home, End', 'first, last map'],
  ['Enter', 'enlarge the map'],
  ['[ ]', 'layer before, next layer'],
  ['+ − 0', 'zoom in, out, back'],
  ['m', 'mute or unmute'],
  ['p', 'pin or unpin'],
];

/** Which keys work while the maps have the focus. */
export function KeysHelp() {
  return (
    <details className="fold keys-help">
      <summary>Keys</summary>
      <dl>
        {KEYS.map(([keys, what]) => (
          <div key={keys}>
            <dt>
              <kbd>{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <p>
        They work while the maps have the focus. The wheel zooms then too, and with Ctrl at any time; drag moves enlarged maps,
        two fingers pinch.
      </p>
    </details>
  );
}
