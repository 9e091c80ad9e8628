package dev.crease.mip;

import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.InputSet;
import dev.crease.bounds.Interval;
import dev.crease.bounds.NetworkBounds;
import dev.crease.certify.Assurance;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Note;
import dev.crease.certify.Proved;
import dev.crease.encoding.ReluEncoding;
import dev.crease.model.Model;
import dev.crease.network.ReluNetwork;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveOptions;
import dev.crease.tightening.DifferenceBounds;
import dev.crease.tightening.LpTightening;
import dev.crease.tightening.MipTightening;
import dev.crease.tightening.Region;
import dev.crease.tightening.RootCuts;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What is found out with programs before a model is solved: bounds on neurons and on differences,
 * proofs by linear programs alone, and cuts; as the options of an answer choose, and told in its
 * notes. It claims nothing itself. May be used by several threads.
 */
final class Tightener {

  private static final Duration PER_NEURON = Duration.ofSeconds(2);
  private static final long NODES_PER_NEURON = 200;

  private final MipSolver solver;
  private final Optional<MipSolver> linear;
  private final BoundsKind kind;
  private final boolean isPinned;
  private final CertifyOptions options;
  private final Supplier<SolveOptions> programs;
  private final Consumer<Note> note;
  private final BooleanSupplier over;
  private final Map<String, int[]> told = new TreeMap<>();

  /**
   * A tightener for one answer.
   *
   * @param linear has linear sessions
   * @param isPinned whether the outputs of one point are known
   * @param programs options of the next program, with what is left of the time
   * @param note takes a line for the answer's notes
   * @param over whether to stop, and keep what there is
   * @throws dev.crease.BadInput if there are no bounds of the name that the options have
   */
  Tightener(
      MipSolver solver,
      Optional<MipSolver> linear,
      boolean isPinned,
      CertifyOptions options,
      Supplier<SolveOptions> programs,
      Consumer<Note> note,
      BooleanSupplier over) {
    this.kind = BoundsKind.choices().named(options.bounds());
    this.solver = solver;
    this.linear = linear;
    this.isPinned = isPinned;
    this.options = options;
    this.programs = programs;
    this.note = note;
    this.over = over;
  }

  /** The way to bound neurons that the options name. */
  Bounding bounding() {
    return switch (kind) {
      case INTERVAL -> (network, inputs, region) -> interval(network, inputs);
      case SYMBOLIC -> (network, inputs, region) -> symbolic(network, inputs);
      case LP -> this::byPrograms;
      case MIP -> this::byIntegerPrograms;
      case AUTO -> automatic();
    };
  }

  /** Linear programs pay where the outputs are known; on a whole ball they find little. */
  private Bounding automatic() {
    return isPinned && linear.isPresent()
        ? this::byPrograms
        : (network, inputs, region) -> symbolic(network, inputs);
  }

  private static NetworkBounds interval(ReluNetwork network, InputSet inputs) {
    return BoundsMethod.interval().bounds(network, inputs);
  }

  private static NetworkBounds symbolic(ReluNetwork network, InputSet inputs) {
    return BoundsMethod.symbolic().bounds(network, inputs);
  }

  private NetworkBounds byPrograms(ReluNetwork network, InputSet inputs, Region region) {
    NetworkBounds start = symbolic(network, inputs);
    MipSolver lp =
        linear.orElseThrow(
            () ->
                new Unsupported(
                    "bounds lp need a solver with linear sessions; `crease solvers` lists what"
                        + " each can; or choose bounds symbolic"));
    NetworkBounds found;
    try {
      found =
          new LpTightening(lp, programs.get(), options.threads(), over)
              .tighten(start, region)
              .orElse(start);
    } catch (SolverFailure e) {
      note.accept(new Note.NoHelp("bounds", e.getMessage()));
      return start;
    }
    tell(start, found, "linear programs on " + lp.id() + ", their multipliers checked");
    return found;
  }

  private NetworkBounds byIntegerPrograms(ReluNetwork network, InputSet inputs, Region region) {
    NetworkBounds start =
        linear.isPresent() ? byPrograms(network, inputs, region) : symbolic(network, inputs);
    if (start.isEmpty()) {
      return start;
    }
    SolveOptions limits =
        programs.get().toBuilder().timeLimit(PER_NEURON).nodeLimit(NODES_PER_NEURON).build();
    if (!solver.capabilities().has(Capability.NODE_LIMIT)) {
      limits = programs.get().toBuilder().timeLimit(PER_NEURON).build();
    }
    NetworkBounds found = new MipTightening(solver, limits, over).tighten(start, region);
    tell(start, found, "integer programs on " + solver.id());
    return found;
  }

  private synchronized void tell(NetworkBounds before, NetworkBounds after, String how) {
    int[] counts = told.computeIfAbsent(how, h -> new int[4]);
    counts[0]++;
    counts[1] += after.isEmpty() ? 1 : 0;
    counts[2] += after.isEmpty() ? 0 : after.unstableCount();
    counts[3] += before.unstableCount();
  }

  /** Notes what tightening did, a line for each way. */
  synchronized void report() {
    told.forEach(
        (how, counts) ->
            note.accept(new Note.Tightening(how, counts[0], counts[2], counts[3], counts[1])));
  }

  /** Bounds on a network and on the differences between two of its points. */
  record Differences(NetworkBounds network, DifferenceBounds differences) {
    Interval range(int k, int i) {
      return new Interval(differences.lower(k, i), differences.upper(k, i));
    }
  }

  /**
   * Bounds for pairs in a ball that differ most in one input; empty when it is proved that none of
   * them collides.
   */
  Optional<Differences> differences(Query of, int face, double radius) {
    NetworkBounds ball = bounding().bounds(of.f(), of.inputs(radius), Region.whole());
    boolean[] varies = LinearProof.varies(of);
    DifferenceBounds start = DifferenceBounds.of(ball, varies, face);
    DifferenceBounds found = start;
    if (linear.isPresent()) {
      try {
        found = start.tightened(ball, varies, face, linear.get(), programs.get(), over);
      } catch (SolverFailure e) {
        note.accept(new Note.NoHelp("bounds on differences", e.getMessage()));
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(new Differences(ball, found));
  }

  /**
   * How far linear programs alone prove that the network is one-to-one.
   *
   * @param floor what is known already, of which no note is made
   */
  Proved oneToOne(Query of, double cap, double floor) {
    if (linear.isEmpty() || kind == BoundsKind.INTERVAL) {
      return Proved.nothing(Assurance.RIGOROUS);
    }
    Proved proved;
    try {
      proved =
          new LinearProof(
                  of,
                  linear.get(),
                  programs.get(),
                  radius -> symbolic(of.f(), of.inputs(radius)),
                  over)
              .upTo(cap);
    } catch (SolverFailure e) {
      note.accept(new Note.NoHelp("proof", e.getMessage()));
      return Proved.nothing(Assurance.RIGOROUS);
    }
    if (proved.radius() > floor) {
      note.accept(new Note.LinearProof(linear.get().id(), of.f().name(), proved.radius()));
    }
    return proved;
  }

  /** The formulation with cuts, when its encoding wants some and a solver finds them. */
  PairFormulation strengthened(PairFormulation pair, ReluEncoding encoding) {
    if (!encoding.wantsCuts()) {
      return pair;
    }
    MipSolver lp =
        linear.orElseThrow(
            () ->
                new Unsupported(
                    "encoding cuts needs a solver with linear sessions; `crease solvers` lists"
                        + " what each can; or choose encoding big-m"));
    int before = pair.model().constraints().size();
    Model stronger =
        new RootCuts(lp, programs.get(), over)
            .strengthened(pair.model(), pair.neurons())
            .orElse(pair.model());
    note.accept(new Note.Cuts(stronger.constraints().size() - before));
    return pair.with(stronger);
  }
}
