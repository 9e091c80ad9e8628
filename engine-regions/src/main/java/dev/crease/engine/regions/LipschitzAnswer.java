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

  LipschitzResult result() {
    Question question = new Question(query);
    LipschitzSearch search = new LipschitzSearch(question, options, listener);
    search.run();
    Notes notes = new Notes();
    notes.add(new Note.Regions(search.regionCount(), search.solved()));
    RegionsCertifier.unused(options).ifPresent(notes::add);
    if (search.stop() == StopReason.LIMIT) {
      notes.add(
          new Note.Remark(
              "the ball meets too many linear regions, or one that may only touch it: the ends are"
                  + " bounds without a claim of how near they are"));
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
        search.stop(),
        notes.all());
  }
}
