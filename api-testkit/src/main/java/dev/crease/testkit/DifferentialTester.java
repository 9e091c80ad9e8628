package dev.crease.testkit;

import com.typesafe.config.ConfigFactory;
import dev.crease.CreaseException;
import dev.crease.Unsupported;
import dev.crease.model.LpFormat;
import dev.crease.model.Model;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.registry.SolverRegistry;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Puts the same random models to a backend and to another one: mixed-integer ones, with indicator
 * constraints and special ordered sets, to the end and at limits on nodes. Their statuses may
 * differ; what is reported is a proof of the one that a point of the other, or a planted one,
 * contradicts.
 *
 * <pre>java -cp ... dev.crease.testkit.DifferentialTester ID REFERENCE [MODELS [SEED]]</pre>
 */
public final class DifferentialTester {

  private static final int MODELS = 2000;
  private static final Duration LIMIT = Duration.ofSeconds(10);

  /** After so many findings the rest would be the same. */
  private static final int MOST_FINDINGS = 10;

  /** A point that holds to this holds. */
  private static final double FEASIBLE = 1e-5;

  /** By how much a bound may miss a point, relative to its value. */
  private static final double ROOM = 1e-4;

  private final MipSolver candidate;
  private final MipSolver reference;
  private final PrintStream out;

  /**
   * A tester.
   *
   * @param candidate who is tested, as {@link SolverRegistry#select} gives it
   * @param reference with whom it is compared, likewise
   * @param out what is found goes there
   */
  public DifferentialTester(MipSolver candidate, MipSolver reference, PrintStream out) {
    this.candidate = candidate;
    this.reference = reference;
    this.out = out;
  }

  /**
   * Compares two backends on the class path; exits with 1 when something is found, and with 64 or
   * 70 when it cannot run.
   *
   * @param args who is tested, with whom it is compared, on how many models, from which seed on
   */
  public static void main(String[] args) {
    PrintStream out = System.out;
    if (args.length < 2 || args.length > 4) {
      out.println("usage: DifferentialTester ID REFERENCE [MODELS [SEED]]");
      System.exit(64);
    }
    try {
      int models = args.length > 2 ? Integer.parseInt(args[2]) : MODELS;
      long seed = args.length > 3 ? Long.parseLong(args[3]) : 1;
      SolverRegistry registry = SolverRegistry.discover(ConfigFactory.load());
      int found =
          new DifferentialTester(registry.select(args[0]), registry.select(args[1]), out)
              .compare(seed, models);
      out.flush();
      // A solve that was given up on may still run.
      Runtime.getRuntime().halt(found == 0 ? 0 : 1);
    } catch (NumberFormatException e) {
      out.println("MODELS and SEED are whole numbers: " + e.getMessage());
      System.exit(64);
    } catch (CreaseException e) {
      out.println(e.getMessage());
      System.exit(70);
    }
  }

  /** What one backend said of one model; empty when it cannot take it. */
  private record Answer(MipSolver solver, Optional<SolveResult> result) {}

  /**
   * Compares the two.
   *
   * @param first the seed of the first model
   * @param models how many, with one seed after the other
   * @return how many contradictions were found
   */
  public int compare(long first, int models) {
    Map<SolveStatus, Integer> own = new EnumMap<>(SolveStatus.class);
    Map<SolveStatus, Integer> others = new EnumMap<>(SolveStatus.class);
    int refused = 0;
    int found = 0;
    for (long seed = first; seed < first + models && found < MOST_FINDINGS; seed++) {
      RandomModel random = RandomModel.of(seed);
      SolveOptions whole = SolveOptions.builder().timeLimit(LIMIT).build();
      Answer mine = ask(candidate, random.model(), whole);
      Answer theirs = ask(reference, random.model(), whole);
      List<Answer> answers = new ArrayList<>(List.of(mine, theirs));
      if (mine.result().isEmpty()) {
        refused++;
        continue;
      }
      if (candidate.capabilities().has(Capability.NODE_LIMIT)) {
        answers.add(
            ask(candidate, random.model(), whole.toBuilder().nodeLimit(1 + seed % 7).build()));
      }
      mine.result().ifPresent(r -> own.merge(r.status(), 1, Integer::sum));
      theirs.result().ifPresent(r -> others.merge(r.status(), 1, Integer::sum));
      List<String> findings = findings(random, answers);
      for (String finding : findings) {
        out.println("seed " + seed + ": " + finding);
      }
      if (!findings.isEmpty()) {
        out.println(LpFormat.write(random.model()));
        found++;
      }
    }
    out.println(candidate.id() + ": " + own + ", " + refused + " it cannot take");
    out.println(reference.id() + ": " + others);
    out.println(
        found == 0
            ? "of " + models + " models from seed " + first + " on, none is contradicted"
            : found + " models on which an answer is contradicted");
    return found;
  }

  private static Answer ask(MipSolver solver, Model model, SolveOptions options) {
    try {
      return new Answer(solver, Optional.of(solver.solve(model, options, SolveListener.none())));
    } catch (Unsupported e) {
      return new Answer(solver, Optional.empty());
    }
  }

  private static List<String> findings(RandomModel random, List<Answer> answers) {
    List<String> findings = new ArrayList<>();
    for (Answer claim : answers) {
      if (claim.result().isEmpty()) {
        continue;
      }
      SolveResult result = claim.result().get();
      String who = claim.solver().id() + " (" + result.status() + ")";
      if (result.status() == SolveStatus.UNBOUNDED) {
        findings.add(who + ", and every variable is bounded");
      }
      // Failing is honest; an answer that CheckedSolver had to refuse was not.
      if (result.status() == SolveStatus.ERROR && result.message().contains(" refused: ")) {
        findings.add(who + ": " + result.message());
      }
      random.planted().ifPresent(v -> against(random, claim, "a planted point", v, findings));
      // In a badly scaled model a tolerance may be worth more than the room.
      for (Answer other : random.isScaled() ? List.<Answer>of() : answers) {
        other
            .result()
            .flatMap(SolveResult::solution)
            .filter(s -> random.model().violation(s.values()) <= FEASIBLE)
            .ifPresent(
                s ->
                    against(
                        random,
                        claim,
                        "a point of " + other.solver().id(),
                        s.objective(),
                        findings));
      }
    }
    return findings;
  }

  /** Whether a proof excludes a point that is there. */
  private static void against(
      RandomModel random, Answer claim, String whose, double value, List<String> findings) {
    SolveResult result = claim.result().orElseThrow();
    String who = claim.solver().id();
    double room = ROOM * Math.max(1, Math.abs(value));
    double sign = random.model().objective().isMinimize() ? 1 : -1;
    if (result.status() == SolveStatus.INFEASIBLE) {
      findings.add(who + " calls it infeasible, and there is " + whose + " of value " + value);
    } else if (sign * result.dualBound() > sign * value + room) {
      findings.add(
          who
              + " ("
              + result.status()
              + ") proves "
              + result.dualBound()
              + ", and there is "
              + whose
              + " of value "
              + value);
    } else if (result.status() == SolveStatus.OPTIMAL
        && sign * result.solution().orElseThrow().objective() > sign * value + room) {
      findings.add(
          who
              + " calls "
              + result.solution().orElseThrow().objective()
              + " optimal, and there is "
              + whose
              + " of value "
              + value);
    }
  }
}
