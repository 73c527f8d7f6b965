import type { Words } from '../words';
import { analyse } from './analyse-words';
import { batch } from './batch-words';
import { camera } from './camera-words';
import { crop } from './crop-words';
import { diary } from './diary-words';
import { error } from './error-words';
import { kerasWords as keras } from './keras-words';
import { line } from './line-words';
import { own } from './own-words';
import { pages } from './pages-words';
import { photo } from './photo-words';
import { report } from './report-words';
import { shell } from './shell-words';
import { terms } from './term-words';
import { tutorial } from './tutorial-words';
import { viewer } from './viewer-words';

/** All of the app's words in Spanish: impersonal or with usted, in words that are understood on both sides of the Atlantic. */
export const es: Words = {
  analyse,
  batch,
  camera,
  crop,
  diary,
  error,
  keras,
  line,
  own,
  pages,
  photo,
  report,
  shell,
  terms,
  tutorial,
  viewer,
};
