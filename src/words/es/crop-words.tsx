import type { NotFoundReason } from '../../domain/find-lesion';
import type { CropChoice } from '../../domain/geometry';
import type { Slot } from '../../store/app-state';

const TITLES: Readonly<Record<Slot, string>> = { a: 'Cuadrado de la foto', b: 'Cuadrado de la foto B' };

const NOT_FOUND: Readonly<Record<NotFoundReason, string>> = {
  'too-small-photo': 'La foto tiene muy pocos píxeles para buscar en ella una lesión. Coloque el cuadrado a mano.',
  'no-skin-border':
    'El borde de la foto es casi negro por todos lados, así que no hay piel con la que comparar. Coloque el cuadrado a mano.',
  'no-clear-spot': 'Ninguna mancha se distingue claramente por su color del borde de la foto. Coloque el cuadrado a mano.',
  'fills-photo':
    'La mancha llega a los bordes de la foto, así que un cuadrado menor la cortaría. Lo que mejor le va es todo el centro.',
  'several-spots': 'Varias manchas destacan más o menos igual. Coloque el cuadrado a mano alrededor de la que le interesa.',
};

/** Where the square is. */
function choice({ crop, quarterTurns }: CropChoice): string {
  const place = `Cuadrado de ${Math.round(crop.size)} píxeles, a ${Math.round(crop.x)} de la izquierda y a ${Math.round(crop.y)} de arriba`;
  return quarterTurns === 0 ? place : `${place}, con un giro de ${quarterTurns * 90}° en el sentido del reloj`;
}

function cornerLabel(corner: string): string {
  return `Esquina del cuadrado, ${corner}. Las flechas cambian su tamaño`;
}

function percentOfPhoto(share: number): string {
  const percent = Math.round(share * 100);
  return percent < 1 ? 'menos del 1 %' : `el ${percent} %`;
}

export const crop = {
  bar: {
    titles: TITLES,
    adjust: 'Ajustar el cuadrado',
    find: 'Buscar la lesión',
    smaller: 'Cuadrado más pequeño',
    larger: 'Cuadrado más grande',
    turn: 'Girar un cuarto de vuelta en el sentido del reloj',
    reset: 'Todo el centro',
  },
  editor: {
    choice,
    choiceHint: (now: CropChoice) => `${choice(now)}.`,
    pointerHint: 'Arrastre el cuadrado o una esquina; con dos dedos o la rueda cambia de tamaño.',
    keysHint: 'Teclas: las flechas lo mueven (con Mayús, un píxel), + y − cambian su tamaño, R lo gira, Escape cierra.',
    /** As react-image-crop names its parts. A square has handles at its corners only; the others are never shown. */
    ariaLabels: {
      cropArea: 'El cuadrado que ve la red. Las flechas lo mueven, más y menos cambian su tamaño, R lo gira un cuarto de vuelta',
      nwDragHandle: cornerLabel('arriba a la izquierda'),
      neDragHandle: cornerLabel('arriba a la derecha'),
      swDragHandle: cornerLabel('abajo a la izquierda'),
      seDragHandle: cornerLabel('abajo a la derecha'),
      nDragHandle: 'Borde de arriba',
      eDragHandle: 'Borde derecho',
      sDragHandle: 'Borde de abajo',
      wDragHandle: 'Borde izquierdo',
    },
  },
  finding: {
    running: 'Buscando una mancha que se distinga de la piel del borde de la foto …',
    /** @param share - Of the photo that the spot covers, 0-1. */
    found: (share: number) =>
      `El cuadrado se movió a la mancha más grande cercana al centro cuyo color se distingue del borde de la foto: cubre ${percentOfPhoto(share)} de la foto. Esto compara colores, nada más: compruebe que es la mancha que le interesa.`,
    notFound: NOT_FOUND,
    overtaken: 'Mientras tanto usted movió el cuadrado, así que quedó donde lo puso.',
    undo: 'Devolverlo a su sitio',
  },
};
