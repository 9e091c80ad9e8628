package dev.crease.mip;

import dev.crease.certify.Note;

/**
 * The stages of every strategy that looks for collisions delta apart: what comes before any integer
 * program, the strategy's own search, and what may be done after it.
 */
final class Stages {

  private Stages() {}

  /**
   * Answers.
   *
   * @param delta where the user gives none
   * @param byPrograms whether linear programs are to try alone before the search
   * @param search brackets the radius, or decides
   */
  static void answer(Run run, double delta, boolean byPrograms, Runnable search) {
    Preparation preparation = new Preparation(run);
    if (preparation.isAll(delta, byPrograms) || run.isOver()) {
      return;
    }
    if (run.decides() && run.bracket().witness().isPresent()) {
      return;
    }
    search.run();
    if (run.mustGoOn() && BoxesSearch.takes(run.query())) {
      run.notes().add(new Note.WentOnWithBoxes());
      new BoxesSearch(run).search();
    }
    if (!run.decides()) {
      preparation.lookNearer();
    }
  }
}
