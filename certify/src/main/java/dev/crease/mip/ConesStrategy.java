package dev.crease.mip;

import dev.crease.certify.CertifyOptions;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Query;
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
final class ConesStrategy extends DirectStrategy {

  @Override
  public String id() {
    return "cones";
  }

  @Override
  void search(Query query, Run run, CertifyOptions options) {
    if (!query.isPinned() && query.g().isPresent()) {
      // Points that another network tells apart may differ in any direction.
      super.search(query, run, options);
      return;
    }
    List<Parts.Part> parts = new ArrayList<>();
    for (Formulation part : parts(query, run, ReluEncoding.byId(options.encoding()))) {
      parts.add((threads, proved) -> nearest(query, run, part, threads, proved));
    }
    Parts.solve(parts, options.threads(), run);
  }

  private static List<Formulation> parts(Query query, Run run, ReluEncoding encoding) {
    NetworkEncoder encoder = new NetworkEncoder(encoding);
    List<Formulation> parts = new ArrayList<>();
    if (query.isPinned()) {
      for (Cone cone : Cone.all(query)) {
        parts.add(
            (floor, cap) ->
                Optional.of(
                    run.tightener()
                        .strengthened(
                            PairFormulation.nearestInCone(
                                query,
                                cone,
                                floor,
                                cap,
                                run.delta(),
                                run.tightener().bounding(),
                                encoder,
                                run.balls()),
                            encoding)));
      }
      return parts;
    }
    for (int i = 0; i < query.f().inputs(); i++) {
      if (!query.shared().containsKey(i)) {
        int face = i;
        parts.add((floor, cap) -> onFace(query, run, face, floor, cap, encoder, encoding));
      }
    }
    return parts;
  }

  private static Optional<PairFormulation> onFace(
      Query query,
      Run run,
      int face,
      double floor,
      double cap,
      NetworkEncoder encoder,
      ReluEncoding encoding) {
    return run.tightener()
        .differences(query, face, cap)
        .map(
            d ->
                run.tightener()
                    .strengthened(
                        PairFormulation.nearestOnFace(
                            query,
                            face,
                            floor,
                            cap,
                            run.delta(),
                            Math.max(run.delta(), Math.nextUp(2 * cap)),
                            d.network(),
                            d::range,
                            encoder,
                            run.balls()),
                        encoding));
  }
}
