package dev.crease.tree;

import dev.crease.BackendUnavailable;
import dev.crease.Unsupported;
import dev.crease.bounds.Norm;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.question.Query;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers by proof trees, for networks of any size: branch and bound over the phases of neurons on
 * the differences of two points, in homogeneous form, so that folds and far collisions are found
 * alike and no separation is left out. Bounds come from linear programs of any backend with linear
 * sessions; what counts is what their multipliers prove when they are evaluated on the layers
 * themselves, rounded outward. Balls grow until they meet a collision, so that every stop leaves a
 * certified radius. See {@code docs/trees.md}.
 */
public final class TreeCertifier implements Certifier {

  /** The id by which configuration selects it, and the name of its strategy. */
  public static final String ID = "tree";

  private final Supplier<Optional<MipSolver>> linear;

  private TreeCertifier(Supplier<Optional<MipSolver>> linear) {
    this.linear = linear;
  }

  /** A certifier on a backend with linear sessions. */
  public static TreeCertifier on(MipSolver solver) {
    return new TreeCertifier(() -> Optional.of(solver));
  }

  /**
   * A certifier on whatever backend there is.
   *
   * @param linear the best backend with linear sessions that can run here; asked for each question
   */
  public static TreeCertifier onBest(Supplier<Optional<MipSolver>> linear) {
    return new TreeCertifier(linear);
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public boolean answersNoise() {
    return true;
  }

  @Override
  public boolean answersDomains() {
    return true;
  }

  @Override
  public Optional<String> refusal(Query query, CertifyOptions options) {
    Optional<String> kind = Certifier.refusalOfKind(this, query);
    if (kind.isPresent()) {
      return kind;
    }
    if (!query.noise().isNone()) {
      Optional<String> noise = refusalOfNoise(query);
      if (noise.isPresent()) {
        return noise;
      }
    }
    Optional<MipSolver> solver;
    try {
      solver = linear.get();
    } catch (BackendUnavailable e) {
      return Optional.of(e.getMessage());
    }
    if (solver.isEmpty()) {
      return Optional.of(
          "certifier " + ID + " needs a backend with linear sessions, and none can run here");
    }
    return solver.get().capabilities().has(Capability.LINEAR_SESSION)
        ? Optional.empty()
        : Optional.of(
            "certifier "
                + ID
                + " needs a backend with linear sessions, which "
                + solver.get().id()
                + " has not; `crease solvers` lists those that have");
  }

  /** Its faces are about two points of one network, in L-infinity. */
  static Optional<String> refusalOfNoise(Query query) {
    if (query.g().isPresent()) {
      return Optional.of(
          "certifier "
              + ID
              + " answers no questions of two networks with noise; choose regions or a solver");
    }
    if (query.norm() == Norm.L1) {
      return Optional.of(
          "certifier "
              + ID
              + " answers no questions in norm 1 with noise; choose regions, a solver, or another"
              + " norm");
    }
    return Optional.empty();
  }

  @Override
  public Optional<String> suits(Query query) {
    return Optional.of("proof trees, in any dimension");
  }

  @Override
  public String about() {
    return "proof trees on linear programs: any network and norm, no delta, no trust in a solver";
  }

  @Override
  public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
    refuseNothing(query);
    return new Growth(accept(query, options), query, options, listener, false).answer();
  }

  @Override
  public RadiusResult check(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    refuseNothing(query);
    Query upTo = query.upTo(radius);
    return new Growth(accept(upTo, options), upTo, options, listener, true).answer();
  }

  @Override
  public SpreadResult spread(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Query upTo = query.upTo(radius);
    return new TreeSpread(accept(upTo, options), upTo, options, listener).answer();
  }

  @Override
  public LipschitzResult lipschitz(
      Query query, double radius, CertifyOptions options, CertifyListener listener) {
    Certifier.refuseParts(query);
    Query upTo = query.upTo(radius);
    return new TreeLipschitz(accept(upTo, options), upTo, options, listener).answer();
  }

  private static void refuseNothing(Query query) {
    if (query.noise().eps() > 0 && query.noise().within() == 0) {
      throw new Unsupported(
          "with noise no two states are the same; ask for those that are within some distance");
    }
  }

  private MipSolver accept(Query query, CertifyOptions options) {
    refusal(query, options)
        .ifPresent(
            why -> {
              throw new Unsupported(why);
            });
    return linear.get().orElseThrow();
  }
}
