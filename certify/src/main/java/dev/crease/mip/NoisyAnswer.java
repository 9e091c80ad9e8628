package dev.crease.mip;

import dev.crease.bounds.BoundsMethod;
import dev.crease.bounds.Norm;
import dev.crease.certify.Assurance;
import dev.crease.certify.Budget;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.Claim;
import dev.crease.certify.Ending;
import dev.crease.certify.Note;
import dev.crease.certify.Notes;
import dev.crease.certify.Padding;
import dev.crease.certify.Proved;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadBound;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.StopReason;
import dev.crease.certify.Terms;
import dev.crease.certify.Trust;
import dev.crease.encoding.BallEncoding;
import dev.crease.encoding.NetworkEncoder;
import dev.crease.encoding.ReluEncoding;
import dev.crease.question.Noise;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.witness.Witness;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;

/**
 * Questions with noise (design 1.11) as integer programs: {@code ||f(x) - f(x')|| <= eps} beside
 * the separation. They are well posed - a row that is off by a tolerance moves the answer by little
 * - so that no delta is needed. What the solver's bound says is claimed; a pair refutes that is
 * within the noise and further apart than is allowed in exact arithmetic, to which end a second
 * model asks for a little less noise and a little more distance.
 */
final class NoisyAnswer {

  /** More than a tolerance, and less than anybody would call another question. */
  private static final double ROOM = 1e-5;

  /** By how much less noise and more distance a pair is asked for, until there is one. */
  private static final double[] ROOMS = {ROOM, 10 * ROOM, 100 * ROOM};

  private final MipSolver solver;
  private final Query query;
  private final CertifyOptions options;
  private final CertifyListener listener;
  private final Budget budget;
  private final Norm norm;
  private final Padding padding;
  private final Solving solving;
  private final Notes notes = new Notes();
  private final Ending ending = new Ending();

  NoisyAnswer(MipSolver solver, Query query, CertifyOptions options, CertifyListener listener) {
    this.solver = solver;
    this.query = query;
    this.options = options;
    this.listener = listener;
    this.budget = Budget.of(options);
    this.norm = Noise.norm(query.norm());
    this.padding = new Padding(query, options);
    this.solving = new Solving(solver, options, budget, this::publish);
  }

  private void publish(Progress progress) {
    listener.progress(
        new CertifyListener.Bracket(
            0,
            OptionalDouble.empty(),
            OptionalDouble.empty(),
            progress.gap(),
            Math.max(0, progress.nodes()),
            budget.elapsed()));
  }

  private PairFormulation.Builder formulation(Query of, double radius) {
    BoundsMethod method =
        BoundsKind.choices().named(options.bounds()) == BoundsKind.INTERVAL
            ? BoundsMethod.interval()
            : BoundsMethod.symbolic();
    boolean isExact = query.norm() != Norm.L2 || solving.has(Capability.QUADRATIC);
    return PairFormulation.of(
        of,
        0,
        radius,
        new PairFormulation.Writing(
            (network, inputs, region) -> method.bounds(network, inputs),
            new NetworkEncoder(ReluEncoding.choices().named(options.encoding())),
            isExact ? BallEncoding.exact() : BallEncoding.polyhedral()));
  }

  /** The question of pairs that are in it whatever a tolerance hides. */
  private Query clearly(double room) {
    Noise noise = query.noise();
    return query.with(new Noise(noise.eps() * (1 - room), noise.within() * (1 + room)));
  }

  /** The first pair of the models that ask for more and more room. */
  private Optional<Witness> pair(DoubleFunction<PairFormulation> models) {
    Optional<Witness> found = Optional.empty();
    for (double room : ROOMS) {
      if (found.isPresent() || budget.isOver()) {
        break;
      }
      PairFormulation model = models.apply(room);
      found =
          solving
              .solve(model.model(), Map.of(), options.threads())
              .solution()
              .flatMap(
                  s ->
                      Witness.confusedExactly(query, model.x(s.values()), model.xPrime(s.values())))
              .filter(w -> w.radius() <= query.maxRadius());
    }
    return found;
  }

  /** How far states may be apart on the ball of the question's largest radius. */
  SpreadResult spread() {
    double radius = query.maxRadius();
    PairFormulation model = formulation(query, radius).furthest(norm);
    SolveResult result = solving.solve(model.model(), Map.of(), options.threads());
    note(result);
    double outright = SpreadBound.of(query, norm);
    double bound = Double.POSITIVE_INFINITY;
    if (result.status() == SolveStatus.OPTIMAL && Double.isFinite(result.dualBound())) {
      bound = Math.max(0, result.dualBound() + padding.of(result.dualBound()));
    }
    Optional<Witness> witness =
        pair(room -> formulation(clearly(room), radius * (1 - room)).furthest(norm));
    double least = witness.map(w -> SpreadBound.least(query, norm, w)).orElse(0.0);
    if (norm != query.norm()) {
      notes.add(new Note.DifferenceInLinf());
    }
    boolean isFalse = least > bound;
    if (isFalse) {
      notes.add(
          new Note.ClaimDropped(
              solver.id(), "that no two values differ by more than " + bound, radius));
      ending.failed();
    }
    boolean isWord = !isFalse && bound < outright;
    boolean isTrusted = isWord && options.trust() == Trust.SOLVER;
    if (isTrusted) {
      notes.add(new Note.OnTrust(solver.id(), 0));
    }
    StopReason stop = ending.reason();
    return new SpreadResult(
        query,
        norm,
        Math.min(least, outright),
        isTrusted ? Math.max(bound, least) : outright,
        isWord && !isTrusted ? OptionalDouble.of(Math.max(bound, least)) : OptionalDouble.empty(),
        witness,
        solver.id(),
        solver.version(),
        terms(),
        budget.seconds(),
        isWord && !isTrusted && stop == StopReason.COMPLETE ? StopReason.CLAIMED : stop,
        notes.all());
  }

  /** Up to which radius states are within what is allowed. */
  RadiusResult radius(String strategy) {
    double cap = padding.reach();
    PairFormulation model = formulation(query, cap).nearestApart(norm, query.noise().within());
    SolveResult result = solving.solve(model.model(), Map.of(), options.threads());
    note(result);
    Proved said = padding.nearest(result, cap, Proved.Pairs.ALL).upTo(query.maxRadius());
    Optional<Witness> witness = Optional.empty();
    if (result.status() != SolveStatus.INFEASIBLE) {
      witness =
          pair(
              room -> {
                Query clear = clearly(room);
                return formulation(clear, query.maxRadius())
                    .nearestApart(norm, clear.noise().within());
              });
    }
    double most = witness.map(Witness::radius).orElse(Double.POSITIVE_INFINITY);
    if (said.radius() > most * (1 + ROOM)) {
      notes.add(new Note.ClaimDropped(solver.id(), "a radius of " + said.radius(), most));
      ending.failed();
      said = Proved.nothing(Assurance.SOLVER);
    }
    return answer(said.upTo(most), witness, strategy);
  }

  private RadiusResult answer(Proved said, Optional<Witness> witness, String strategy) {
    boolean isTrusted = options.trust() == Trust.SOLVER;
    boolean isClosed =
        said.radius() >= query.maxRadius()
            || witness.filter(w -> w.radius() - said.radius() <= gap(w.radius())).isPresent();
    StopReason stop = ending.reason();
    if (stop == StopReason.COMPLETE && !isClosed) {
      notes.add(new Note.NotClosed());
      stop = StopReason.LIMIT;
    }
    if (isTrusted && said.radius() > 0) {
      notes.add(new Note.OnTrust(solver.id(), 0));
    }
    RadiusResult.Builder answer =
        isTrusted
            ? RadiusResult.of(query, said).trust(Trust.SOLVER).terms(terms())
            : RadiusResult.of(query, Proved.nothing(Assurance.RIGOROUS))
                .claimed(Optional.of(said).filter(s -> s.radius() > 0).map(this::claim));
    boolean isClaim = !isTrusted && said.radius() > 0;
    return answer
        .witness(witness)
        .by(solver.id(), solver.version(), strategy)
        .statistics(solving.statistics())
        .seconds(budget.seconds())
        .stop(isClaim && stop == StopReason.COMPLETE ? StopReason.CLAIMED : stop)
        .notes(notes.all())
        .build();
  }

  /**
   * How wide a bracket is that is closed: by the gap, the room of the second model, and padding.
   */
  private double gap(double radius) {
    double slack = options.tolerances().relativeGap() * radius + 4 * padding.of(radius);
    // What a part of the noise and of the distance changes of the radius is not known: ten parts.
    return slack + 10 * ROOM * (1 + radius);
  }

  private Claim claim(Proved said) {
    return new Claim(
        said.radius(), said.assurance(), solver.id(), solver.version(), 0, true, terms());
  }

  private void note(SolveResult result) {
    if (result.status() != SolveStatus.OPTIMAL && result.status() != SolveStatus.INFEASIBLE) {
      StopReason why = ending.by(result.status());
      if (why == StopReason.FAILED || why == StopReason.LIMIT) {
        notes.add(new Note.SolverStopped(solver.id(), result.message()));
      }
    }
    solver.capabilities().notes().forEach(n -> notes.add(new Note.Remark(n)));
  }

  private Terms terms() {
    return new Terms(options.tolerances(), padding.largest(), 0);
  }
}
