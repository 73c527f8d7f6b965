import type { CoachCode } from '../../domain/coach';
import type { CoachState } from '../../domain/coach-state';
import type { NoteCode, ReasonCode } from '../../domain/photo-quality';

/** Why no verdict is given. */
const reasons: Readonly<Record<ReasonCode, string>> = {
  'low-resolution': 'El cuadrado elegido tiene muy pocos píxeles. Use una imagen más grande o un recorte más amplio.',
  'too-dark': 'La imagen es casi negra. Tómela de nuevo con más luz.',
  'too-bright': 'La imagen es casi blanca. Tómela de nuevo con menos luz o sin flash.',
  'no-contrast': 'La imagen es casi de un solo color liso, así que no hay nada que la red pueda mirar.',
  'unlike-training':
    'Esta imagen no se parece a las fotos de lesiones de la piel de las que aprendió el modelo. Llene el cuadrado con una sola mancha, nítida y de cerca.',
  'views-disagree':
    'Girado o reflejado, el mismo cuadrado recibe puntuaciones muy distintas. Pruebe con otra foto, o con otro cuadrado.',
};

/** What a person should know of a photo that still gets its verdict. */
const notes: Readonly<Record<NoteCode, string>> = {
  blurred:
    'La imagen parece borrosa. No mueva la cámara, toque la lesión para enfocar y mantenga la distancia del ancho de una mano.',
  underexposed: 'La imagen es más oscura que casi todas aquellas de las que aprendió el modelo. Más luz ayudaría.',
  overexposed: 'La imagen es más clara que casi todas aquellas de las que aprendió el modelo. Menos luz ayudaría.',
  'clipped-highlights':
    'Hay partes de un blanco puro, por ejemplo por reflejos, que no muestran nada de la piel. Incline un poco la cámara o la luz.',
  'clipped-shadows': 'Hay partes de un negro puro que no muestran nada de la piel. Más luz, o luz de frente, ayudaría.',
  'few-pixels':
    'El cuadrado tiene menos píxeles de los que mira la red, así que se amplió y falta el detalle fino. Acérquese más o elija una foto más grande.',
  'dark-corners': 'Las esquinas son oscuras, como las deja un dermatoscopio. Un cuadrado más pequeño las deja fuera.',
  'flat-band':
    'Una parte de borde a borde es de un solo color liso y no muestra piel: un marco, la barra de una captura de pantalla o lo que falta de un archivo dañado. Elija un cuadrado sin ella, o copie la foto otra vez.',
  'pixel-noise':
    'Este navegador altera un poco los píxeles que lee una página, como protección contra la identificación por huella digital. En ensayos con ruido de un nivel de gris, las puntuaciones se movieron menos de 0,04.',
};

/** Said while the camera runs. */
const coachNow: Readonly<Record<CoachCode, string>> = {
  'too-dark': 'Demasiado oscuro. Añada luz, o encienda la linterna.',
  'too-bright': 'Demasiado claro. Apártese del sol, o baje la luz.',
  glare: 'Reflejos. Incline un poco la cámara o la luz.',
  blurred: 'Borroso. Aléjese un poco y deje que la cámara enfoque.',
  'no-lesion': 'No destaca ninguna mancha. Lleve la lesión al anillo.',
  'too-small': 'Demasiado pequeña. Acérquese mientras siga nítida.',
  'off-centre': 'Descentrada. Lleve la lesión al centro del anillo.',
  'hold-still': 'No se mueva.',
};

/** What stands beside the photo afterwards. */
const coachNotes: Readonly<Record<CoachCode, string>> = {
  'too-dark': 'Estaba demasiado oscuro cuando se pulsó el disparador.',
  'too-bright': 'Había demasiada luz cuando se pulsó el disparador.',
  glare: 'Había reflejos en el anillo cuando se pulsó el disparador.',
  blurred: 'La imagen estaba borrosa cuando se pulsó el disparador.',
  'no-lesion': 'Ninguna mancha destacaba en el anillo cuando se pulsó el disparador.',
  'too-small': 'La lesión era pequeña en el anillo cuando se pulsó el disparador.',
  'off-centre': 'La lesión no estaba en el centro del anillo cuando se pulsó el disparador.',
  'hold-still': 'La cámara se movía cuando se pulsó el disparador.',
};

/** What is said of a photo's light, sharpness and square, wherever it shows. */
export const photo = {
  reasons,
  notes,
  coachNotes,
  /** @param said - null: nothing was measured yet; 'good': nothing stands in the way. */
  coach(said: CoachState['said']): string {
    if (said === null) return 'Lleve la lesión al anillo.';
    return said === 'good' ? 'Se ve bien. Pulse el disparador.' : coachNow[said];
  },
};
