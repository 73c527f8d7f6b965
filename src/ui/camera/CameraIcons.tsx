const PATHS = {
  camera: 'M3.5 7.5h3l1.6-2.3h7.8l1.6 2.3h3v11h-17zM12 16.3a3.6 3.6 0 1 0 0-7.2 3.6 3.6 0 0 0 0 7.2z',
  close: 'M6 6l12 12M18 6L6 18',
  switch: 'M4.5 11a7.7 7.7 0 0 1 13.6-4M19.5 13a7.7 7.7 0 0 1-13.6 4M18.6 3v4.4h-4.4M5.4 21v-4.4h4.4',
  torch: 'M8 3h8v3.5l-2.2 3.3V21h-3.6V9.8L8 6.5zM8 6.5h8M12 12.5v2.2',
} as const;

export function CameraIcon({ name }: { readonly name: keyof typeof PATHS }) {
  return (
    <svg viewBox="0 0 24 24" width="22" height="22" aria-hidden="true">
      <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth="1.7" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
