package dev.crease.mip;

import dev.crease.bounds.Norm;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A local radius for pairs at any separation, joined from two proofs: pairs that are less than
 * {@code delta} apart are excluded by {@link NearFormulation}s, one for each input in which they
 * may differ most, and the others by the direct formulation. The first kind lies near folds, where
 * the direct formulation is at its worst; its bound falls short of the fold by about {@code delta}.
 */
final class FoldStrategy implements Strategy {

  @Override
  public String id() {
    return "fold";
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

  private void search(Run run) {
    if (run.query().isPinned() || run.query().g().isPresent()) {
      run.notes().add(new Note.OtherStrategy(id(), "is for problem local", "direct"));
      DirectStrategy.search(run);
      return;
    }
    double delta = run.delta().value();
    // The bound on near pairs falls short of their fold by about as much as they are apart.
    run.useResolution(4 * delta);
    List<Parts.Part> parts = new ArrayList<>();
    for (int face : run.query().freeInputs()) {
      parts.add((threads, proved) -> near(run, face, threads, proved));
    }
    int nearParts = parts.size();
    Formulation far = Formulation.whole(run);
    parts.add((threads, proved) -> new NearestSearch(run, far, threads, proved).search());
    List<Proved> proved = Parts.solve(parts, run);
    Proved near = proved.subList(0, nearParts).stream().reduce(Proved::and).orElseThrow();
    if (near.radius() > 0) {
      run.notes().add(new Note.NearExcluded(delta, near.radius()));
    }
    run.bracket().claim(Proved.joined(proved.get(nearParts), near));
  }

  /** Excludes the pairs that are nearer than delta and differ most in one input. */
  private static void near(Run run, int face, int threads, Consumer<Proved> proved) {
    Query query = run.query();
    double floor = run.bracket().lower();
    double cap = run.cap();
    if (floor >= cap) {
      // A collision is known that contradicts what was proved; the end of the run says so.
      return;
    }
    if (!run.trusts(cap)) {
      run.ending().atLimit();
      return;
    }
    Optional<Tightener.Differences> differences = run.tightener().differences(query, face, cap);
    if (differences.isEmpty()) {
      run.notes().add(new Note.Settled());
      proved.accept(run.padding().none(cap, Proved.Pairs.NEAR));
      return;
    }
    Tightener.Differences d = differences.get();
    double delta = run.delta().value();
    NearFormulation model =
        NearFormulation.of(query, face, delta, floor, cap, d.network(), d::range, run.balls());
    SolveResult result = run.solving().solve(model.model(), Map.of(), threads);
    result.solution().ifPresent(s -> run.replays().offerNear(model.x(s.values()), delta));
    if (result.status() == SolveStatus.OPTIMAL && run.bracket().witness().isEmpty()) {
      // Kinks that depend on each other: what the model takes for a fold is none.
      run.spurious();
    }
    proved.accept(run.padding().nearest(result, cap, Proved.Pairs.NEAR));
    run.stopFor(result);
  }
}
