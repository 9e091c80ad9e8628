package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The direct formulation in parts, each with bounds of its own, side by side on the threads there
 * are; a collision that one finds limits those that start after it. A pseudo question is cut into
 * the {@link Cone}s around the centre. A local one is cut by the input in which the two points
 * differ most, so that no binary is left for the separation, and linear programs bound how each
 * neuron may differ ({@link dev.crease.tightening.DifferenceBounds}); these alone may settle a
 * part.
 */
final class ConesStrategy implements Strategy {

  @Override
  public String id() {
    return "cones";
  }

  @Override
  public Norm separationNorm(Query query) {
    return Norm.LINF;
  }

  @Override
  public Optional<Capability> needs(CertifyOptions options) {
    return ReluEncoding.choices().named(options.encoding()).needs();
  }

  @Override
  public void answer(Run run) {
    Stages.answer(run, CertifyOptions.DEFAULT_DELTA, true, () -> search(run));
  }

  private static void search(Run run) {
    if (!run.query().isPinned() && run.query().g().isPresent()) {
      // Points that another network tells apart may differ in any direction.
      DirectStrategy.search(run);
      return;
    }
    List<Parts.Part> parts = new ArrayList<>();
    for (Formulation part : run.query().isPinned() ? cones(run) : faces(run)) {
      parts.add((threads, proved) -> new NearestSearch(run, part, threads, proved).search());
    }
    Parts.solve(parts, run);
  }

  private static List<Formulation> cones(Run run) {
    List<Formulation> parts = new ArrayList<>();
    for (Cone cone : Cone.all(run.query())) {
      parts.add(
          (floor, cap) ->
              Optional.of(
                  run.strengthened(
                      PairFormulation.of(run.query(), floor, cap, run.writing())
                          .in(cone)
                          .apart(run.delta().value())
                          .nearest())));
    }
    return parts;
  }

  private static List<Formulation> faces(Run run) {
    List<Formulation> parts = new ArrayList<>();
    for (int face : run.query().freeInputs()) {
      parts.add(
          (floor, cap) ->
              run.tightener()
                  .differences(run.query(), face, cap)
                  .map(d -> run.strengthened(onFace(run, face, floor, cap, d))));
    }
    return parts;
  }

  private static PairFormulation onFace(
      Run run, int face, double floor, double cap, Tightener.Differences differences) {
    PairFormulation.Writing known =
        run.writing().with((network, inputs, region) -> differences.network());
    return PairFormulation.of(run.query(), floor, cap, known)
        .apart(run.delta().value())
        .nearestOnFace(face, differences::range);
  }
}
