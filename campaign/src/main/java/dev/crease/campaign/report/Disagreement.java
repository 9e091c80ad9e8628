package dev.crease.campaign.report;

import dev.crease.campaign.Run;
import dev.crease.question.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;
import java.util.function.ToDoubleFunction;

/**
 * Two answers to one question that cannot both be right: one certifies a radius within which the
 * other has a collision. It needs no true answer, so it also watches over questions without one.
 *
 * @param certifies the run that certifies more
 * @param refutes the run whose collision lies within
 */
record Disagreement(Run certifies, Run refutes) {

  /** What solvers' tolerances may show, relative to the radius. */
  private static final double SLACK = 1e-6;

  /** The worst disagreement of each instance that has one. */
  static List<Disagreement> among(List<Run> runs) {
    return worst(runs, Disagreement::excess);
  }

  /** How many instances have answers that exclude each other, if it were not for delta. */
  static int underDelta(List<Run> runs) {
    return worst(runs, Disagreement::overlap).size() - among(runs).size();
  }

  private static List<Disagreement> worst(List<Run> runs, ToDoubleFunction<Disagreement> by) {
    List<Disagreement> found = new ArrayList<>();
    SortedMap<String, List<Run>> instances = Results.by(runs, Run::instance);
    for (List<Run> answers : instances.values()) {
      answers.stream()
          .filter(one -> one.certified().isPresent())
          .flatMap(
              one ->
                  answers.stream()
                      .filter(other -> other.refuted().isPresent())
                      .map(other -> new Disagreement(one, other)))
          .filter(pair -> by.applyAsDouble(pair) > 0)
          .max(Comparator.comparingDouble(by))
          .ifPresent(found::add);
    }
    return found;
  }

  /** By how much the claims overlap, beyond tolerances; not above 0 where they agree. */
  private double overlap() {
    return certifies.certified().orElseThrow() - refutes.refuted().orElseThrow() * (1 + SLACK);
  }

  /** The same beyond what pairs nearer than delta account for, which a claim leaves out. */
  private double excess() {
    double delta = certifies.deltaIsRigorous().orElse(false) ? 0 : certifies.delta().orElse(0);
    if (delta > 0 && certifies.problem().equals(Problem.TRANSFORMATION.label())) {
      // There delta is a difference of outputs; how far the points are apart is not in the lines.
      return 0;
    }
    return overlap() - 2 * certifies.inputs().orElse(1) * delta;
  }
}
