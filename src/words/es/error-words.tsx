import type { ErrorCode } from '../../domain/errors';

/** What went wrong and what to do about it. No other file words an error. */
export const error: Readonly<Record<ErrorCode, string>> = {
  'file-empty': 'Este archivo está vacío. Elija la foto de nuevo, u otra.',
  'file-unreadable':
    'No se pudo abrir este archivo. Puede que se haya cambiado, movido o borrado después de elegirlo. Elíjalo de nuevo.',
  'file-not-image': 'Este archivo no es una imagen. Elija un archivo JPEG, PNG, WebP, AVIF, HEIC, GIF o BMP.',
  'file-is-zip':
    'Este archivo es un zip, no una imagen. Si se exportó del diario, abra la página «Diario» y suéltelo allí. Si contiene fotos, descomprímalo antes y elija las fotos.',
  'folder-empty': 'En esta carpeta no hay imágenes. Suelte otra, o elija las propias imágenes.',
  'link-dropped':
    'Lo que se soltó es un enlace a una imagen, no la imagen. Guarde antes la imagen en este dispositivo y después suelte o elija el archivo.',
  'file-truncated': 'Esta imagen está incompleta: le falta el final. Cópiela o descárguela otra vez y elíjala de nuevo.',
  'file-too-large': 'Este archivo pasa de 50 MB. Guarde una copia más pequeña de la foto y elíjala.',
  'image-too-many-pixels':
    'Esta imagen tiene más píxeles de los que se leen aquí: 100 megapíxeles, o 200 si es un JPEG en Chrome o Edge. Guarde una copia más pequeña y elíjala.',
  'image-unsupported': 'Este navegador no puede leer este tipo de imagen. Guárdela como JPEG o PNG y elija esa.',
  'image-damaged':
    'Esta imagen está dañada: parte de sus datos falta o está sobrescrita. Cópiela o descárguela otra vez, o elija otra foto.',
  'image-decode-failed': 'Esta imagen está dañada y no se puede leer. Pruebe con otra copia, o con otra foto.',
  'pixels-altered':
    'Este navegador cambia los píxeles que lee una página, como hace su protección contra la identificación por huella digital, así que no se da ninguna puntuación. Permita a esta página leer datos de canvas (con un icono junto a la dirección o en los ajustes de privacidad) y pulse «Intentar de nuevo».',
  'heic-decoder-missing':
    'No se pudo cargar la parte de la aplicación que lee imágenes HEIC. Compruebe la conexión y pulse «Intentar de nuevo».',
  'model-download-failed': 'No se pudo descargar el modelo. Compruebe la conexión y pulse «Intentar de nuevo».',
  'model-corrupt':
    'El modelo descargado no coincide con su suma de comprobación, así que no se da ninguna puntuación. Pulse «Intentar de nuevo» para descargarlo otra vez.',
  'model-invalid':
    'Los archivos del modelo no son los que espera esta aplicación. Recargue la página; si sigue igual, avise de ello.',
  'own-model-format':
    'Este archivo no es un modelo que se lea aquí. Elija un archivo de Keras (.h5, .hdf5 o .keras), o el model.json de un modelo de TensorFlow.js junto con sus archivos .bin.',
  'own-model-truncated':
    'Este archivo de modelo está incompleto: le falta el final. Cópielo o descárguelo otra vez y elíjalo de nuevo.',
  'own-model-damaged':
    'Este archivo de modelo está dañado o no lo escribió Keras. Guarde el modelo otra vez y elija ese archivo.',
  'own-model-weights-only':
    'Este archivo contiene solo pesos, sin las capas a las que pertenecen. Guarde el modelo entero con model.save(...) y elija ese archivo.',
  'own-model-weights-fit':
    'Este archivo contiene solo pesos, y encajan en las capas del modelo que trae la aplicación. Pulse «Usar estas capas» para abrirlos con ellas, o elija un archivo guardado con model.save(...).',
  'own-model-weights-mismatch':
    'Los pesos de este archivo no encajan en las capas que describe. Guarde el modelo otra vez con model.save(...) y elija ese archivo.',
  'own-model-not-finite':
    'Algunos pesos de este modelo no son números, como tras un entrenamiento que se descontroló, así que no puede dar una puntuación. Elija el archivo de un estado anterior del entrenamiento.',
  'own-model-shard-missing':
    'Falta un archivo con pesos. Elija model.json junto con todos los archivos .bin que están a su lado.',
  'own-model-shard-size':
    'Un archivo con pesos no tiene la longitud que dice model.json, así que está incompleto o es de otro modelo. Copie otra vez la carpeta entera y elija todos sus archivos.',
  'own-model-elsewhere':
    'Este model.json nombra pesos que están en otro lugar, y aquí no se va a buscar nada. Descargue esos archivos, ponga sus nombres sin ruta en model.json y elíjalos todos.',
  'own-model-too-large': 'Este modelo pasa de 600 MB. Elija uno más pequeño, o guárdelo sin el estado de su optimizador.',
  'own-model-unpacks-too-large':
    'Al descomprimirse, este archivo ocupa mucho más de lo que contiene un modelo de su tamaño, así que no se abre. Guarde el modelo otra vez con model.save(...).',
  'own-model-custom-layer':
    'Este modelo tiene una capa de código propio, que no está en el archivo y no se puede ejecutar aquí. Construya el modelo con las capas que trae Keras y guárdelo otra vez.',
  'own-model-lambda':
    'Este modelo tiene una capa Lambda, que contiene código Python y no se puede ejecutar aquí. Sustitúyala por capas que trae Keras (por ejemplo, Rescaling) y guarde el modelo otra vez.',
  'own-model-layer-unsupported':
    'Este modelo tiene una capa que aquí no se admite. Elija una red de convoluciones, agrupaciones, normalización y capas densas.',
  'own-model-no-maps':
    'Este modelo no tiene ninguna convolución, así que no hay mapas de filtros que mostrar. Elija una red convolucional.',
  'own-model-input':
    'Este modelo no recibe una sola imagen en color o en gris de tamaño fijo. Elija una red que lo haga; una de tamaño libre puede guardarse con una forma de entrada fija.',
  'own-model-output': 'Este modelo no responde con una sola lista de números. Elija una red que clasifique imágenes.',
  'own-model-reader-missing':
    'No se pudo cargar la parte de la aplicación que lee modelos. Compruebe la conexión, recargue la página y repita lo que hizo.',
  'own-model-keep-full':
    'En este dispositivo no hay sitio para el modelo, así que no se guardó. Puede usarse mientras esta página esté abierta; para guardarlo, libere espacio e inténtelo de nuevo.',
  'own-model-keep-failed':
    'No se pudieron leer o cambiar los modelos de este dispositivo. Permita a esta página guardar datos, cierre otras pestañas de esta aplicación e inténtelo de nuevo.',
  'backend-none-passed':
    'Ninguna forma de calcular de este dispositivo reprodujo los resultados de referencia, así que no se da ninguna puntuación. Pruebe con otro navegador.',
  'engine-timeout': 'El cálculo tardó demasiado y se detuvo. Inténtelo de nuevo, o cierre antes otras pestañas.',
  'engine-crashed': 'El cálculo se detuvo de forma inesperada. Pulse «Intentar de nuevo»; si sigue igual, recargue la página.',
  'device-lost':
    'Se perdió el procesador gráfico (una actualización del controlador, la suspensión u otra aplicación). Pulse «Intentar de nuevo»; si sigue igual, recargue la página.',
  'out-of-memory': 'El dispositivo se quedó sin memoria. Cierre otras pestañas e inténtelo de nuevo.',
  'labels-unreadable':
    'No se pudo usar la tabla de etiquetas. Necesita una cabecera con "file" (o "image_id") y "label", y filas que digan benign o malignant.',
  'crops-unreadable':
    'No se pudo usar la tabla de cuadrados. Necesita una cabecera con "file" (o "image_id"), "x", "y" y "side", y al menos una fila.',
  'crops-line-invalid':
    'No se pudo usar una línea de la tabla de cuadrados. Necesita el nombre de archivo de la imagen, x e y de 0 o más y un lado de 16 o más, en píxeles de la foto derecha, y ningún otro cuadrado para una imagen que ya tiene uno. Corrija la línea y elija la tabla de nuevo.',
  'crop-outside':
    'El cuadrado que la tabla da para esta imagen no cae dentro de ella. Corríjalo en la tabla, elija la tabla de nuevo y añada después la imagen otra vez.',
  'app-part-missing':
    'No se pudo cargar una parte de la aplicación. Compruebe la conexión e inténtelo de nuevo; si sigue igual, recargue la página.',
  'share-failed': 'La foto de la otra aplicación no llegó. Guárdela allí y después elíjala aquí.',
  'storage-full':
    'En este dispositivo no hay sitio para la copia sin conexión. Libere espacio, o siga: todo funciona con conexión.',
  'storage-blocked':
    'Este navegador no deja que la aplicación guarde una copia sin conexión (ventana privada o almacenamiento bloqueado). Todo funciona con conexión.',
  'shell-not-kept':
    'No se pudo guardar la aplicación para usarla sin conexión. Recargue la página con conexión para intentarlo de nuevo.',
  'diary-unavailable':
    'Este navegador no deja que la aplicación guarde nada (ventana privada o almacenamiento bloqueado), así que aquí no hay diario. Abra la aplicación en una ventana normal, o guarde un informe.',
  'diary-full':
    'En este dispositivo no hay sitio para más en el diario. No se pierde nada de lo guardado. Libere espacio o borre entradas e inténtelo de nuevo.',
  'diary-other-tab':
    'Otra pestaña tiene abierto el diario con una versión anterior de la aplicación. Cierre o recargue esa pestaña e inténtelo de nuevo.',
  'diary-newer':
    'El diario de este dispositivo lo escribió una versión más nueva de la aplicación. Recargue la página para obtener esa versión.',
  'diary-failed':
    'El navegador no pudo leer o escribir el diario. No se pierde nada de lo guardado. Inténtelo de nuevo; si sigue igual, recargue la página.',
  'diary-entry-missing': 'Esta entrada ya no está en el diario. Puede que se haya borrado en otra pestaña.',
  'diary-entry-damaged':
    'Una entrada del diario está dañada y no se puede mostrar. Las demás siguen como estaban. Importe su última exportación, o borre la entrada dañada.',
  'diary-entry-newer':
    'Esta entrada la escribió una versión más nueva de la aplicación, así que queda como está. Recargue la página para obtener esa versión e inténtelo de nuevo.',
  'diary-entry-invalid': 'A la entrada le falta algo. Dé un nombre al lunar y un día real a la entrada, y guárdela de nuevo.',
  'diary-file-many': 'Son varios archivos, y el diario importa de uno en uno. Suelte los zip uno tras otro.',
  'diary-file-not-zip':
    'Este archivo no es un diario: no es un zip, o le falta el final. Elija un archivo que se haya exportado aquí.',
  'diary-file-too-large':
    'Este archivo es mayor que cualquier diario que exporte la aplicación, así que no se abrió. Elija un archivo que se haya exportado aquí.',
  'diary-file-invalid':
    'Este zip no es un diario que la aplicación pueda leer, así que no se importó nada. Elija un archivo que se haya exportado aquí y no se haya cambiado.',
  'diary-file-newer':
    'Este archivo lo exportó una versión más nueva de la aplicación. Recargue la página para obtener esa versión e impórtelo de nuevo.',
  'diary-file-damaged':
    'Una imagen de este archivo falta o está dañada, así que no se importó nada. Copie el archivo otra vez y elíjalo de nuevo.',
  'camera-denied':
    'El navegador no tiene permiso para usar la cámara. Permítala en los ajustes del sitio, junto a la dirección, y pulse «Intentar de nuevo», o elija una foto.',
  'camera-none': 'No se encontró ninguna cámara. Conecte una y pulse «Intentar de nuevo», o elija una foto.',
  'camera-busy':
    'La cámara la usa otra aplicación o pestaña, o no responde. Cierre lo que la use y pulse «Intentar de nuevo», o elija una foto.',
  'camera-insecure':
    'Los navegadores solo dan la cámara a páginas abiertas con una dirección segura (https). Abra esta página con una, o elija una foto.',
  'camera-unsupported': 'Este navegador no da cámara a las páginas. Use otro navegador, o elija una foto.',
  'camera-ended': 'La cámara se desconectó o se apagó. Conéctela de nuevo y pulse «Intentar de nuevo», o elija una foto.',
  'camera-paused': 'La cámara se apagó mientras esta página no estaba a la vista. Pulse «Intentar de nuevo» para seguir.',
  'camera-no-picture': 'La cámara no envía imagen. Destápela o conéctela de nuevo y pulse «Intentar de nuevo», o elija una foto.',
  'camera-still-failed': 'No se pudo tomar la foto. Pulse «Intentar de nuevo», o elija una foto.',
  unexpected: 'Algo inesperado salió mal. Inténtelo de nuevo; si sigue igual, recargue la página.',
};
