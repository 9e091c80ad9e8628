package dev.crease.mip;

import dev.crease.certify.CertifyOptions;
import dev.crease.question.Query;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A local radius for pairs at any separation, joined from two proofs: pairs that are less than
 * {@code delta} apart are excluded by {@link NearFormulation}s, one for each input in which they
 * may differ most, and the others by the direct formulation. The first kind lies near folds, where
 * the direct formulation is at its worst; its bound falls short of the fold by about {@code delta}.
 */
final class FoldStrategy extends DirectStrategy {

  @Override
  public String id() {
    return "fold";
  }

  @Override
  void search(Query query, Run run, CertifyOptions options) {
    if (query.isPinned() || query.g().isPresent()) {
      run.note("strategy fold is for problem local; this is strategy direct");
      super.search(query, run, options);
      return;
    }
    // The bound on near pairs falls short of their fold by about as much as they are apart.
    run.useResolution(4 * run.delta());
    List<Parts.Part> parts = new ArrayList<>();
    for (int i = 0; i < query.f().inputs(); i++) {
      if (!query.shared().containsKey(i)) {
        int face = i;
        parts.add((threads, proved) -> near(query, run, face, threads, proved));
      }
    }
    int nearParts = parts.size();
    Formulation far = whole(query, run, options);
    parts.add((threads, proved) -> nearest(query, run, far, threads, proved));
    double[] proved = Parts.solve(parts, options.threads(), run);
    double least = Double.POSITIVE_INFINITY;
    for (int p = 0; p < nearParts; p++) {
      least = Math.min(least, proved[p]);
    }
    run.provedNear(Math.min(least, proved[nearParts]), least);
  }

  /** Excludes the pairs that are nearer than delta and differ most in one input. */
  private static void near(Query query, Run run, int face, int threads, Proved proved) {
    double floor = run.certified();
    double reach = run.reach();
    double cap = run.witness().map(run::cap).orElse(reach);
    if (floor >= cap) {
      // A collision is known that contradicts what was proved; the end of the run says so.
      return;
    }
    if (!run.trusts(cap)) {
      run.stopAtLimit();
      return;
    }
    Optional<Tightener.Differences> differences = run.tightener().differences(query, face, cap);
    if (differences.isEmpty()) {
      run.note(Tightener.SETTLED);
      proved.upTo(cap >= reach ? query.maxRadius() : run.padded(cap));
      return;
    }
    Tightener.Differences d = differences.get();
    NearFormulation model =
        NearFormulation.of(
            query, face, run.delta(), floor, cap, d.network(), d::range, run.balls());
    SolveResult result = run.solve(model.model(), Map.of(), threads);
    result.solution().ifPresent(s -> run.offerNear(model.x(s.values())));
    SolveStatus status = result.status();
    if (status == SolveStatus.OPTIMAL && run.witness().isEmpty()) {
      // Kinks that depend on each other: what the model takes for a fold is none.
      run.spurious();
    }
    if (status == SolveStatus.INFEASIBLE) {
      proved.upTo(cap >= reach ? query.maxRadius() : run.padded(cap));
    } else if (status == SolveStatus.OPTIMAL || status.isLimit()) {
      proved.upTo(run.padded(result.dualBound()));
    }
    if (status != SolveStatus.INFEASIBLE && status != SolveStatus.OPTIMAL) {
      run.stopFor(status, result.message());
    }
  }
}
