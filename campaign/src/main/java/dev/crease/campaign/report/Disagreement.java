package dev.crease.campaign.report;

import dev.crease.campaign.Run;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * Two answers to one question that cannot both be right: one certifies or claims a radius within
 * which the other has a collision. It needs no true answer, so it also watches over questions
 * without one.
 *
 * @param certifies the run that certifies or claims more
 * @param refutes the run whose collision lies within
 */
record Disagreement(Run certifies, Run refutes) {

  /** What solvers' tolerances may show, relative to the radius. */
  private static final double SLACK = 1e-6;

  /** The worst disagreement of each instance that has one. */
  static List<Disagreement> among(List<Run> runs) {
    List<Disagreement> found = new ArrayList<>();
    SortedMap<String, List<Run>> instances = Results.by(runs, Run::instance);
    for (List<Run> answers : instances.values()) {
      answers.stream()
          .filter(one -> one.said().isPresent())
          .flatMap(
              one ->
                  answers.stream()
                      .filter(other -> other.refuted().isPresent())
                      .map(other -> new Disagreement(one, other)))
          .filter(pair -> pair.overlap() > 0)
          .max(Comparator.comparingDouble(Disagreement::overlap))
          .ifPresent(found::add);
    }
    return found;
  }

  /** By how much the claims overlap, beyond tolerances; not above 0 where they agree. */
  private double overlap() {
    return certifies.said().orElseThrow() - refutes.refuted().orElseThrow() * (1 + SLACK);
  }
}
