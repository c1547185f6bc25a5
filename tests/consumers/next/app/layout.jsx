export const metadata = { title: 'Welcome', icons: { icon: 'data:,' } };

export default ({ children }) => (
  <html lang="en">
    <body>{children}</body>
  </html>
);
