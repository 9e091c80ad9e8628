package dev.crease.bench.report;

import dev.crease.certify.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedMap;

/**
 * Two answers to one question that cannot both be right: one certifies a radius within which the
 * other has a collision. It needs no true answer, so it also watches over questions without one.
 *
 * @param certifies the run that certifies more
 * @param refutes the run whose collision lies within
 */
record Disagreement(Run certifies, Run refutes) {

  /** What solvers' tolerances may take, relative to the radius where that is above 1. */
  private static final double SLACK = 2e-6;

  /** The worst disagreement of each instance that has one. */
  static List<Disagreement> among(List<Run> runs) {
    List<Disagreement> found = new ArrayList<>();
    SortedMap<String, List<Run>> instances = Campaign.by(runs, Run::instance);
    for (List<Run> answers : instances.values()) {
      answers.stream()
          .flatMap(one -> answers.stream().map(other -> new Disagreement(one, other)))
          .filter(pair -> pair.excess() > 0)
          .max(Comparator.comparingDouble(Disagreement::excess))
          .ifPresent(found::add);
    }
    return found;
  }

  /** By how much the claims overlap, beyond what they state; not above 0 where they agree. */
  private double excess() {
    if (certifies.certified().isEmpty() || refutes.refuted().isEmpty()) {
      return 0;
    }
    double delta = certifies.delta().orElse(0);
    if (delta > 0 && certifies.problem().equals(Problem.TRANSFORMATION.label())) {
      // There delta is a difference of outputs; how far the points are apart is not in the lines.
      return 0;
    }
    double refuted = refutes.refuted().getAsDouble();
    // A claim under delta leaves out collisions that are nearer than that in each input.
    double bias = 2 * certifies.inputs().orElse(1) * delta;
    return certifies.certified().getAsDouble() - refuted - SLACK * Math.max(1, refuted) - bias;
  }
}
