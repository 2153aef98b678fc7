/** A sleep that can be cut short; a poke between two naps cuts the next one. */
export class Nap {
  private poked = false;
  private end: (() => void) | null = null;

  poke(): void {
    this.poked = true;
    this.end?.();
  }

  async take(milliseconds: number): Promise<void> {
    if (!this.poked)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    this.end = null;
    this.poked = false;
  }
}
