import type { ErrorCode } from '../../domain/errors';

/** What went wrong and what to do about it. No other file words an error. */
export const error: Readonly<Record<ErrorCode, string>> = {
  'file-empty': 'This file is empty. Choose the photo again, or another one.',
  'file-unreadable':
    'This file could not be opened. It may have been changed, moved or deleted since it was chosen. Choose it again.',
  'file-not-image': 'This file is not a picture. Choose a JPEG, PNG, WebP, AVIF, HEIC, GIF or BMP file.',
  'file-is-zip':
    'This file is a zip, no picture. If it was exported from the diary, open the page “Diary” and drop it there. If it holds photos, unpack it first and choose the photos.',
  'folder-empty': 'This folder holds no pictures. Drop another one, or choose the pictures themselves.',
  'link-dropped':
    'What was dropped is a link to a picture, not the picture. Save the picture on this device first, then drop or choose the file.',
  'file-truncated': 'This picture is incomplete: its end is missing. Copy or download it again, then choose it again.',
  'file-too-large': 'This file is larger than 50 MB. Save a smaller copy of the photo and choose that.',
  'image-too-many-pixels':
    'This picture has more pixels than are read here: 100 megapixels, of a JPEG in Chrome or Edge 200. Save a smaller copy and choose that.',
  'image-unsupported': 'This browser cannot read this kind of picture. Save it as JPEG or PNG and choose that.',
  'image-damaged':
    'This picture is damaged: part of its data is missing or overwritten. Copy or download it again, or choose another photo.',
  'image-decode-failed': 'This picture is damaged and cannot be read. Try another copy of it, or another photo.',
  'pixels-altered':
    'This browser changes the pixels that a page reads, as its protection against fingerprinting does, so no score is given. Allow this page to read canvas data (a sign beside the address, or the settings for privacy), then press "Try again".',
  'heic-decoder-missing':
    'The part of the app that reads HEIC pictures could not be loaded. Check the connection, then press "Try again".',
  'model-download-failed': 'The model could not be downloaded. Check the connection, then press "Try again".',
  'model-corrupt':
    'The downloaded model does not match its checksum, so no score is given. Press "Try again" to download it anew.',
  'model-invalid': 'The model files are not what this app expects. Reload the page; if it stays, report it.',
  'own-model-format':
    'This file is no model that is read here. Choose a Keras file (.h5, .hdf5 or .keras), or the model.json of a TensorFlow.js model together with its .bin files.',
  'own-model-truncated': 'This model file is incomplete: its end is missing. Copy or download it again, then choose it again.',
  'own-model-damaged': 'This model file is damaged or was not written by Keras. Save the model again, then choose that file.',
  'own-model-weights-only':
    'This file holds weights alone, without the layers that they belong to. Save the whole model with model.save(...), then choose that file.',
  'own-model-weights-fit':
    'This file holds weights alone, and they fit the layers of the model that ships. Press "Use these layers" to open them with those, or choose a file that was saved with model.save(...).',
  'own-model-weights-mismatch':
    'The weights in this file do not fit the layers that it describes. Save the model again with model.save(...), then choose that file.',
  'own-model-not-finite':
    'Some weights of this model are not numbers, as after a training that went astray, so it cannot give a score. Choose the file of an earlier state of the training.',
  'own-model-shard-missing':
    'A file with weights is missing. Choose model.json together with all the .bin files that lie beside it.',
  'own-model-shard-size':
    'A file with weights is not as long as model.json says, so it is incomplete or belongs to another model. Copy the whole folder again, then choose all its files.',
  'own-model-elsewhere':
    'This model.json names weights at another place, and nothing is fetched here. Download these files, put their plain names into model.json, then choose all of them.',
  'own-model-too-large': 'This model is larger than 600 MB. Choose a smaller one, or save it without the state of its optimiser.',
  'own-model-unpacks-too-large':
    'This file unpacks to far more than a model of its size holds, so it is not opened. Save the model again with model.save(...).',
  'own-model-custom-layer':
    'This model has a layer of its own code, which is not in the file and cannot be run here. Build the model from the layers that come with Keras, then save it again.',
  'own-model-lambda':
    'This model has a Lambda layer, which holds Python code and cannot be run here. Replace it with layers that come with Keras (Rescaling, for instance), then save the model again.',
  'own-model-layer-unsupported':
    'This model has a layer that is not supported here. Choose a network of convolutions, pools, normalisation and dense layers.',
  'own-model-no-maps': 'This model has no convolution, so there are no filter maps to show. Choose a convolutional network.',
  'own-model-input':
    'This model does not take one colour or grey picture of a fixed size. Choose a network that does; one of any size can be saved with a fixed input shape.',
  'own-model-output': 'This model does not answer with one list of numbers. Choose a network that classifies pictures.',
  'own-model-reader-missing':
    'The part of the app that reads models could not be loaded. Check the connection, reload the page, then do the same again.',
  'own-model-keep-full':
    'This device has no room for the model, so it was not kept. It can be used as long as this page is open; to keep it, free some space and try again.',
  'own-model-keep-failed':
    'The models on this device could not be read or changed. Allow this page to store data, close other tabs of this app, then try again.',
  'backend-none-passed':
    'No way of computing on this device reproduced the reference results, so no score is given. Try another browser.',
  'engine-timeout': 'The computation took too long and was stopped. Try again, or close other tabs first.',
  'engine-crashed': 'The computation stopped unexpectedly. Press "Try again"; if it stays, reload the page.',
  'device-lost':
    'The graphics processor was taken away (a driver update, sleep, or another app). Press "Try again"; if it stays, reload the page.',
  'out-of-memory': 'The device ran out of memory. Close other tabs, then try again.',
  'labels-unreadable':
    'The table of labels could not be used. It needs a header with "file" (or "image_id") and "label", and rows that say benign or malignant.',
  'crops-unreadable':
    'The table of squares could not be used. It needs a header with "file" (or "image_id"), "x", "y" and "side", and at least one row.',
  'crops-line-invalid':
    'A line of the table of squares could not be used. It needs the picture’s file name, x and y of 0 or more and a side of 16 or more, in pixels of the upright photo, and no other square for a picture that has one. Mend the line, then choose the table again.',
  'crop-outside':
    'The square that the table gives for this picture does not lie inside it. Mend it in the table, choose the table again, then add the picture again.',
  'app-part-missing':
    'A part of the app could not be loaded. Check the connection, then try again; if it stays, reload the page.',
  'share-failed': 'The photo from the other app did not arrive. Save it there, then choose it here.',
  'storage-full':
    'There is no room on this device for the offline copy. Free some space, or go on: everything works while online.',
  'storage-blocked':
    'This browser does not let the app keep an offline copy (private window or blocked storage). Everything works while online.',
  'shell-not-kept': 'The app could not be kept for use without a connection. Reload the page while online to try again.',
  'diary-unavailable':
    'This browser does not let the app keep anything (private window or blocked storage), so there is no diary here. Open the app in an ordinary window, or save a report instead.',
  'diary-full':
    'There is no room on this device for more in the diary. Nothing that was kept is lost. Free some space or delete entries, then try again.',
  'diary-other-tab': 'Another tab holds the diary in an older version of the app. Close or reload that tab, then try again.',
  'diary-newer': 'The diary on this device was written by a newer version of the app. Reload the page to get that version.',
  'diary-failed':
    'The browser could not read or write the diary. Nothing that was kept is lost. Try again; if it stays, reload the page.',
  'diary-entry-missing': 'This entry is no longer in the diary. It may have been deleted in another tab.',
  'diary-entry-damaged':
    'An entry of the diary is damaged and cannot be shown. The others are as they were. Import your last export, or delete the damaged entry.',
  'diary-entry-newer':
    'This entry was written by a newer version of the app, so it stays as it is. Reload the page to get that version, then try again.',
  'diary-entry-invalid': 'The entry lacks something. Give the mole a name and the entry a real date, then save again.',
  'diary-file-many': 'These are several files, and the diary imports one at a time. Drop the zips one after the other.',
  'diary-file-not-zip': 'This file is not a diary: it is no zip, or its end is missing. Choose a file that was exported here.',
  'diary-file-too-large':
    'This file is larger than any diary that the app exports, so it was not opened. Choose a file that was exported here.',
  'diary-file-invalid':
    'This zip is not a diary that the app can read, so nothing was imported. Choose a file that was exported here and not changed.',
  'diary-file-newer':
    'This file was exported by a newer version of the app. Reload the page to get that version, then import it again.',
  'diary-file-damaged':
    'A picture in this file is missing or damaged, so nothing was imported. Copy the file again, then choose it again.',
  'camera-denied':
    'The browser was not allowed to use the camera. Allow it in the site settings beside the address and press "Try again", or choose a photo.',
  'camera-none': 'No camera was found. Connect one and press "Try again", or choose a photo.',
  'camera-busy':
    'The camera is in use by another app or tab, or does not answer. Close what uses it and press "Try again", or choose a photo.',
  'camera-insecure':
    'Browsers give the camera only to pages opened by a secure address (https). Open this page by one, or choose a photo.',
  'camera-unsupported': 'This browser gives pages no camera. Use another browser, or choose a photo.',
  'camera-ended': 'The camera was disconnected or switched off. Connect it again and press "Try again", or choose a photo.',
  'camera-paused': 'The camera was switched off while this page was out of sight. Press "Try again" to go on.',
  'camera-no-picture': 'The camera sends no picture. Uncover or reconnect it and press "Try again", or choose a photo.',
  'camera-still-failed': 'The photo could not be taken. Press "Try again", or choose a photo.',
  unexpected: 'Something unexpected went wrong. Try again; if it stays, reload the page.',
};
