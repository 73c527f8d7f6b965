import { DeviceCheck } from './DeviceCheck';
import { Diagnostics } from './Diagnostics';

export function AboutPage() {
  return (
    <div className="page">
      <h1 tabIndex={-1}>About Lesion Lens</h1>
      <p className="lead">
        A window into a neural network. Give it a picture of a skin lesion; it shows the network&rsquo;s score and what each of
        its 4,224 filters made of the picture.
      </p>
      <div className="page-columns">
        <section aria-labelledby="limits-title">
          <h2 id="limits-title">What it cannot do</h2>
          <p>
            This is an educational and research model, not a medical device. It cannot examine anybody: it sees 128×128 pixels,
            knows nothing of a person&rsquo;s history, and learned from a few thousand pictures taken in a few clinics.
          </p>
          <p>
            It misses some malignant lesions and calls many benign ones malignant; <a href="#/model">how many, by test set</a>. It
            always gives a number, even for a picture of a shoe. Where a picture is clearly unfit it says &ldquo;can&rsquo;t
            say&rdquo;, but it does not notice every such picture.
          </p>
          <p>
            Whatever the score: show a doctor a spot that is new, that changes, that bleeds, or that looks unlike your others.
          </p>
        </section>
        <section aria-labelledby="privacy-title">
          <h2 id="privacy-title">Privacy</h2>
          <p>
            Everything is computed in this browser, on this device. A photo is not uploaded and not put into the address of the
            page, and it is stored only if you ask for it; else it is gone when you choose another one or close the page. There
            are no accounts, cookies or trackers. The only thing that comes over the network is the app itself and its model; both
            are kept on the device, so that the next visit works without a connection.{' '}
            <a href="#/privacy">What is stored, and how to remove it</a>.
          </p>
        </section>
      </div>
      <DeviceCheck />
      <Diagnostics />
      <section aria-labelledby="licences-title">
        <h2 id="licences-title">Licences</h2>
        <ul className="plain-list">
          <li>Code of this app: MIT.</li>
          <li>Weights of the model: CC BY-NC 4.0, as their training data demand. Not for commercial use.</li>
          <li>
            Training data: HAM10000 and the ISIC archive&rsquo;s MSK and UDA sets (CC BY-NC 4.0), PAD-UFES-20 (CC BY 4.0); see{' '}
            <a href="#/model">the model</a>.
          </li>
          <li>
            TensorFlow.js, Comlink: Apache 2.0. React, zustand, Workbox, TanStack Virtual, csv-parse, image-size, fflate: MIT. d3,
            idb, react-image-crop: ISC. libheif-js, which reads HEIC where the browser does not: LGPL 3.0, unchanged, in files of
            its own.
          </li>
          <li>Colour maps viridis, magma and cividis: public domain (CC0), by S. van der Walt, N. Smith and co-authors.</li>
        </ul>
      </section>
    </div>
  );
}
