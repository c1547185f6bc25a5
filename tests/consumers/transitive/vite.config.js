const headers = { 'Referrer-Policy': 'no-referrer', 'Cache-Control': 'no-store' };

export default {
  appType: 'mpa',
  server: { headers },
  build: { rollupOptions: { input: ['index.html', 'auth/x/callback.html'] } },
};
