// Named `.spec` so that Node's own test runner, which runs the suite around it, leaves it alone.
const environments = ['jsdom', 'happy-dom'];
const environmentOptions = { url: 'https://app.example/desk' };

export default {
  test: {
    projects: environments.map((environment) => ({
      test: { name: environment, environment, environmentOptions: { jsdom: environmentOptions, happyDOM: environmentOptions }, include: ['*.spec.mjs'] },
    })),
  },
};
