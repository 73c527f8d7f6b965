export function NextSteps() {
  return (
    <ol className="next-steps" aria-label="What happens with a photo">
      <li>The largest centred square of the photo is scaled to 128×128 pixels.</li>
      <li>A network of 13 convolution layers looks at it, here on this device.</li>
      <li>You get its score for malignant, how often it errs, and what each of its 4,224 filters saw.</li>
    </ol>
  );
}
