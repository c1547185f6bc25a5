export default { test: { environment: 'jsdom', environmentOptions: { jsdom: { url: 'http://localhost:3000/' } } } };
