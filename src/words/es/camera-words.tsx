import type { Slot } from '../../store/app-state';

const OPEN: Readonly<Record<Slot, string>> = { a: 'Usar la cámara', b: 'Foto B con la cámara' };
const TITLES: Readonly<Record<Slot, string>> = { a: 'Cámara', b: 'Cámara: foto B' };

export const camera = {
  open: OPEN,
  titles: TITLES,
  close: 'Cerrar la cámara',
  opening:
    'Esperando a la cámara. El navegador puede preguntar si esta página la puede usar. La imagen se queda en este dispositivo.',
  focus: 'Enfocar: toque la lesión. Con el teclado: el centro',
  taking: 'Tomando la foto …',
  shutter: 'Tomar la foto',
  switch: 'Cambiar',
  torch: 'Linterna',
  failed: {
    detail: (code: string, detail: string) => `${code}: ${detail}`,
    tryAgain: 'Intentar de nuevo',
  },
  chooseFile: 'Elegir una foto',
  systemCamera: 'Cámara del sistema',
};
