export function Footer() {
  return (
    <footer className="footer small soft">
      <p>Educational and research model, not a medical device.</p>
      <p>Photos stay on this device: nothing is sent anywhere.</p>
    </footer>
  );
}
