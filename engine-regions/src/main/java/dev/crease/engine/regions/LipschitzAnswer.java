package dev.crease.engine.regions;

import dev.crease.certify.Assurance;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.StopReason;
import dev.crease.question.Query;

/**
 * The Lipschitz constants of a question as a result: what a {@link LipschitzSearch} found.
 *
 * @param query up to the radius
 */
record LipschitzAnswer(Query query, CertifyOptions options, CertifyListener listener) {

  /** A bracket whose ends differ by no more than this part of the larger one is closed. */
  private static final double CLOSED = 0.01;

  LipschitzResult result() {
    Question question = new Question(query);
    LipschitzSearch search = new LipschitzSearch(question, options, listener);
    search.run();
    Notes notes = new Notes();
    notes.add(new Note.Regions(search.regionCount(), search.solved()));
    RegionsCertifier.unused(options).ifPresent(notes::add);
    StopReason stop = search.stop();
    boolean isClosed = search.alpha().gap() <= CLOSED && search.upper().gap() <= CLOSED;
    if (stop == StopReason.COMPLETE && !isClosed) {
      stop = StopReason.LIMIT;
    }
    if (stop == StopReason.LIMIT) {
      notes.add(
          new Note.Remark(
              "too many linear regions, one that may only touch the ball, or rounding: the ends"
                  + " are proved, and not as near to each other as 1 %"));
    }
    return new LipschitzResult(
        query,
        search.alpha(),
        search.upper(),
        search.flattest(),
        search.steepest(),
        RegionsCertifier.ID,
        "rational arithmetic",
        Assurance.RIGOROUS,
        search.seconds(),
        stop,
        notes.all());
  }
}
