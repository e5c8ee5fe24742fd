type Ending = () => unknown;

const ofTest: Ending[] = [];
const ofFile: Ending[] = [];

/** Ends something with the test that opened it; the last opened ends first. */
export function endWithTest(ending: Ending): void {
  ofTest.push(ending);
}

/** Ends something after the last test of the file. */
export function endWithFile(ending: Ending): void {
  ofFile.push(ending);
}

export function endTest(): Promise<void> {
  return endAll(ofTest);
}

export function endFile(): Promise<void> {
  return endAll(ofFile);
}

/** Ends all, and fails with the first failure. */
async function endAll(endings: Ending[]): Promise<void> {
  const failures: unknown[] = [];
  for (const end of endings.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}
