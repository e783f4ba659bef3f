/** Files that were dropped outside of a place for them, until the view of the pages takes them. */
class Dropped {
  files = $state.raw<File[]>([]);

  take(): File[] {
    const { files } = this;
    this.files = [];
    return files;
  }
}

export const dropped = new Dropped();
