// A story told in steps: each builds on the one before, so the first failure ends it.

/** Runs the steps; returns how many passed and failed. What was not reached counts as failed. */
export async function runSteps(steps, onFailure) {
  const began = Date.now();
  let passed = 0;
  for (const [name, step] of Object.entries(steps)) {
    try {
      await step();
      passed += 1;
      console.log(`ok   ${name} (${((Date.now() - began) / 1000).toFixed(1)} s)`);
    } catch (error) {
      console.log(`FAIL ${name}`);
      console.error(error);
      await onFailure(name);
      break;
    }
  }
  return { passed, failed: Object.keys(steps).length - passed };
}
