package dev.crease.certify;

import dev.crease.bounds.Norm;
import dev.crease.question.Query;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a reader of an answer must know besides it. Each kind is a value, so that a report can
 * choose what to show and how; {@link #text} is one line of plain English.
 */
public sealed interface Note {

  /** The note in one line. */
  String text();

  /** Why the radius is 0 where the network is degenerate on the centre's own region. */
  static Note ofCollapse(Query query) {
    int inputs = query.f().inputs();
    int outputs = query.f().outputs();
    return inputs > outputs ? new NowhereOneToOne(inputs, outputs) : new Collapsed();
  }

  /** Anything else: what a backend says of itself, or an engine of another module. */
  record Remark(String text) implements Note {}

  // ---- the question

  /** More inputs than outputs: the radius is 0 everywhere. */
  record NowhereOneToOne(int inputs, int outputs) implements Note {
    @Override
    public String text() {
      return "a map from "
          + inputs
          + " inputs to "
          + outputs
          + " outputs is nowhere one-to-one: fix inputs, share them, or compare more outputs";
    }
  }

  /** The network loses a direction on the centre's own region. */
  record Collapsed() implements Note {
    @Override
    public String text() {
      return "the network is degenerate on the centre's own region: the radius is 0";
    }
  }

  /** The difference is measured in L-infinity, whatever the norm of the ball. */
  record DifferenceInLinf() implements Note {
    @Override
    public String text() {
      return "the difference is measured in norm inf";
    }
  }

  // ---- options that had no use

  /** One thread was used, though more were given. */
  record OneThread(String engine) implements Note {
    @Override
    public String text() {
      return engine + " uses one thread";
    }
  }

  /** There is no log to show. */
  record NoLog(String engine) implements Note {
    @Override
    public String text() {
      return engine + " has no log";
    }
  }

  /** Parameters were given to an engine that has none. */
  record NoParameters(String engine) implements Note {
    @Override
    public String text() {
      return engine + " has no parameters of its own; those given were not used";
    }
  }

  /** Options of several kinds that an engine has no use for. */
  record Unused(String engine, String what) implements Note {
    @Override
    public String text() {
      return engine + " has no use for " + what;
    }
  }

  /** Another strategy than the one that was asked for. */
  record OtherStrategy(String asked, String why, String used) implements Note {
    @Override
    public String text() {
      return "strategy " + asked + " " + why + "; this is strategy " + used;
    }
  }

  // ---- how it was proved

  /** No tolerance enters. */
  record ByIntervals() implements Note {
    @Override
    public String text() {
      return "proved by interval arithmetic, rounded outward: no tolerance enters";
    }
  }

  /** A solver was to be trusted, but what is certified does not rest on it. */
  record WithoutSolver() implements Note {
    @Override
    public String text() {
      return "what is certified is proved without a solver's word, in arithmetic rounded outward";
    }
  }

  /**
   * What is certified beyond a radius is taken on trust.
   *
   * @param who says it
   * @param proved up to where it is proved
   */
  record OnTrust(String who, double proved) implements Note {
    @Override
    public String text() {
      String word = "is the word of " + who + ", which nobody has checked (trust = solver)";
      return proved > 0
          ? String.format(
              Locale.ROOT,
              "up to %.9g proved, in arithmetic rounded outward; what is certified beyond it %s",
              proved,
              word)
          : "what is certified " + word;
    }
  }

  /**
   * What is certified leaves out pairs, as a solver's word was to be taken.
   *
   * @param proved up to where it is proved of all pairs
   */
  record LeftOut(double proved) implements Note {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "what is certified beyond %.9g leaves out pairs nearer than delta (trust = solver)",
          proved);
    }
  }

  /** Linear programs alone prove something. */
  record LinearProof(String solver, String network, double radius) implements Note {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "linear programs on %s, their multipliers checked, prove by themselves that %s is"
              + " one-to-one up to %.6g, at any separation",
          solver,
          network,
          radius);
    }
  }

  /** Linear programs left nothing to ask of a part of the question. */
  record Settled() implements Note {
    @Override
    public String text() {
      return "linear programs settled a part of the question before any integer one";
    }
  }

  /** Pairs nearer than delta are excluded as well. */
  record NearExcluded(double delta, double radius) implements Note {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT, "no two points less than %.3g apart collide up to %.9g", delta, radius);
    }
  }

  /**
   * What tightening did to the bounds on neurons.
   *
   * @param how in words
   * @param parts so many times
   * @param left unstable neurons after it, of all parts together
   * @param before unstable neurons before it
   * @param empty parts that were proved empty
   */
  record Tightening(String how, int parts, int left, int before, int empty) implements Note {
    @Override
    public String text() {
      return how
          + ", left "
          + left
          + " of "
          + before
          + " neurons unstable"
          + (parts == 1 ? "" : " in " + parts + " parts together")
          + (empty == 0 ? "" : "; " + empty + " of the parts they proved empty");
    }
  }

  /** Cuts were added at the root. */
  record Cuts(int count) implements Note {
    @Override
    public String text() {
      return count + " cuts were added to the relaxation";
    }
  }

  /** What an exact engine did. */
  record Regions(long regions, long pairs) implements Note {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "linear regions: %d; pairs of them solved in rational arithmetic: %d",
          regions,
          pairs);
    }
  }

  /**
   * Why a map is one-to-one on the whole space.
   *
   * @param regions all linear regions
   * @param sign of all determinants
   */
  record WholeSpace(long regions, int sign) implements Note {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "linear regions of the whole space: %d; all determinants are %s, and one point in general"
              + " position has one preimage",
          regions,
          sign > 0 ? "positive" : "negative");
    }
  }

  /**
   * Why the whole space is out of the question.
   *
   * @param why in a few words
   */
  record NotOnWholeSpace(String why) implements Note {
    @Override
    public String text() {
      return "not one-to-one on the whole space: " + why;
    }
  }

  /** The regions of the whole space were too many for the time. */
  record WholeSpaceUndecided(long regions) implements Note {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "undecided on the whole space: there are more than %d linear regions;"
              + " a longer time limit may do",
          regions);
    }
  }

  /** Why there is no cover from which the claim could be checked. */
  record NoCover(String why) implements Note {
    @Override
    public String text() {
      return "no cover for the certificate: "
          + why
          + "; try --solver tree, whose proof tree can be checked";
    }
  }

  /**
   * How much small noise in the outputs changes a state inside of the certified ball.
   *
   * @param times at most so much more than the noise; rounded up when shown
   * @param norm of both
   */
  record Magnified(double times, Norm norm) implements Note {
    @Override
    public String text() {
      BigDecimal most = new BigDecimal(times).round(new MathContext(4, RoundingMode.CEILING));
      return "inside of the certified ball small noise in the outputs is magnified at most "
          + most.stripTrailingZeros().toPlainString()
          + " times in the states, norm "
          + norm.label();
    }
  }

  // ---- what makes the answer weaker than it might be

  /** A solver was not asked, as its word would not be taken. */
  record NotAsked(String why) implements Note {
    @Override
    public String text() {
      return "no integer program was asked" + why;
    }
  }

  /** The ball of the norm 2 was a polyhedron around it. */
  record PolyhedralBall(String solver, double error) implements Note {
    @Override
    public String text() {
      return String.format(
          Locale.ROOT,
          "%s has no quadratic constraints: the ball of norm 2 was a polyhedron around it, so the"
              + " certified radius may be too small by up to %.2g of it",
          solver,
          error);
    }
  }

  /** Programs that were to help failed. */
  record NoHelp(String what, String why) implements Note {
    @Override
    public String text() {
      return "no " + what + " by linear programs: " + why;
    }
  }

  /** A pair that the solver found was none. */
  record DidNotReplay() implements Note {
    @Override
    public String text() {
      return "a collision or a fold that the solver found did not survive its replay";
    }
  }

  /** The solver was asked again, more strictly. */
  record Tightened(String solver, double tolerance) implements Note {
    @Override
    public String text() {
      return "the tolerances of " + solver + " were tightened to " + tolerance;
    }
  }

  /** Where a solver's tolerances ended, boxes went on. */
  record WentOnWithBoxes() implements Note {
    @Override
    public String text() {
      return "strategy boxes went on where the tolerances of the solver ended";
    }
  }

  /** A collision lies beyond the largest radius by less than tolerances tell. */
  record JustBeyond() implements Note {
    @Override
    public String text() {
      return "a collision lies beyond what was asked about by less than tolerances can tell";
    }
  }

  /** The collision that was found lies, made exact, beyond the largest radius. */
  record ExactlyBeyond(double radius) implements Note {
    @Override
    public String text() {
      return "the collision that was found lies, made exact, at "
          + radius
          + ", further away than was asked about";
    }
  }

  /** What is left open is beyond a strategy. */
  record NotClosed() implements Note {
    @Override
    public String text() {
      return "the bracket is not closed: what is left is beyond what this strategy can tell";
    }
  }

  // ---- failures

  /** The solver stopped before it was done. */
  record SolverStopped(String solver, String message) implements Note {
    @Override
    public String text() {
      return "solver " + solver + " stopped: " + message;
    }
  }

  /** The solver failed on a pair of boxes, which was halved. */
  record HalvedOnFailure(String why) implements Note {
    @Override
    public String text() {
      return "a pair of boxes was halved, as the solver failed on it: " + why;
    }
  }

  /** A solver's claim and a collision exclude each other. */
  record ClaimDropped(String solver, String claim, double collision) implements Note {
    @Override
    public String text() {
      return "solver "
          + solver
          + " claims "
          + claim
          + ", but a collision lies at "
          + collision
          + ": its claims are dropped";
    }
  }

  /** A proof of Crease's own and a collision exclude each other. */
  record ProofContradicted(double proved, double collision) implements Note {
    @Override
    public String text() {
      return "a proof up to "
          + proved
          + " and a collision at "
          + collision
          + " exclude each other, so nothing is certified: please report this with the network";
    }
  }

  /** An engine met what cannot be. */
  record Bug(String what) implements Note {
    @Override
    public String text() {
      return what + ": please report this";
    }
  }

  // ---- races

  /** Who decided a race. */
  record Decided(String race, String winner) implements Note {
    @Override
    public String text() {
      return "of the portfolio " + race + ", " + winner + " decided first";
    }
  }

  /** Nobody decided a race. */
  record Undecided(String race, String narrowest) implements Note {
    @Override
    public String text() {
      return "of the portfolio "
          + race
          + " none decided; "
          + narrowest
          + " has the narrowest bracket";
    }
  }

  /** What another member of a race had. */
  record Had(
      String engine,
      double certified,
      OptionalDouble claimed,
      OptionalDouble refuted,
      StopReason stop)
      implements Note {
    @Override
    public String text() {
      String more = claimed.isPresent() ? ", claiming " + claimed.getAsDouble() : "";
      return engine + " had " + bracket(certified, refuted, stop) + more;
    }
  }

  /** A member of a race failed. */
  record MemberFailed(String member, String why) implements Note {
    @Override
    public String text() {
      return member + ": " + why;
    }
  }

  /** Some members of a race did not stop. */
  record NotAllStopped() implements Note {
    @Override
    public String text() {
      return "not all of the others stopped in time";
    }
  }

  /** The ends of the bracket are of two members. */
  record Joined(String lower, String upper) implements Note {
    @Override
    public String text() {
      return "the lower end of the bracket is " + lower + "'s, the upper one " + upper + "'s";
    }
  }

  /** Two members of a race contradict each other. */
  record Contradiction(Had one, Had other) implements Note {
    @Override
    public String text() {
      return "the answers contradict each other, so nothing is certified: "
          + one.engine()
          + " says "
          + bracket(one.certified(), one.refuted(), one.stop())
          + ", "
          + other.engine()
          + " "
          + bracket(other.certified(), other.refuted(), other.stop())
          + "; please report this with the network";
    }
  }

  /** An engine looks no further. */
  record NotFurther(double radius) implements Note {
    @Override
    public String text() {
      return "nothing is looked at beyond a radius of " + radius;
    }
  }

  /** A spread that is not bounded any better. */
  record ByTheBall() implements Note {
    @Override
    public String text() {
      return "the bound from above is what the ball allows; try --solver regions, which is exact for"
          + " up to six inputs, or a solver of integer programs, which claims one";
    }
  }

  /** What a proof tree cost. */
  record ByTree(long nodes, long programs, int inPlay, String solver) implements Note {
    @Override
    public String text() {
      return "by a proof tree of "
          + nodes
          + (nodes == 1 ? " node" : " nodes")
          + " on "
          + programs
          + " linear programs of "
          + solver
          + ", whose multipliers were checked, with "
          + inPlay
          + " ReLUs in play; no delta";
    }
  }

  private static String bracket(double certified, OptionalDouble refuted, StopReason stop) {
    return "["
        + certified
        + ", "
        + (refuted.isPresent() ? String.valueOf(refuted.getAsDouble()) : "-")
        + "] ("
        + stop
        + ")";
  }
}
