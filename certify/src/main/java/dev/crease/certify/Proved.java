package dev.crease.certify;

/**
 * A radius up to which it is proved that nothing collides, with what the proof rests on. A bare
 * bound is no such thing: what a solver says becomes one only in {@link Padding}, and what is
 * called {@linkplain #outright outright} or {@linkplain #exact exact} is so by those alone who
 * compute that way; a test of the architecture lists them.
 */
public final class Proved {

  /** Which pairs of points a proof is about. */
  public enum Pairs {
    /** All of them. */
    ALL,
    /** Those that are at least delta apart. */
    FAR,
    /** Those that are nearer than delta: half a proof, which claims nothing by itself. */
    NEAR
  }

  private final double radius;
  private final Assurance assurance;
  private final Pairs pairs;

  private Proved(double radius, Assurance assurance, Pairs pairs) {
    if (!(radius >= 0)) {
      throw new IllegalArgumentException("nothing is proved up to " + radius);
    }
    this.radius = radius;
    this.assurance = assurance;
    this.pairs = pairs;
  }

  /** Nothing, by an assurance. */
  public static Proved nothing(Assurance assurance) {
    return new Proved(0, assurance, Pairs.ALL);
  }

  /** A radius of all pairs that was proved in rational arithmetic, step by step. */
  public static Proved exact(double radius) {
    return new Proved(radius, Assurance.EXACT, Pairs.ALL);
  }

  /**
   * A radius of all pairs that was proved in arithmetic rounded outward: by intervals, by
   * multipliers of linear programs that were checked, or on one linear region.
   */
  public static Proved outright(double radius) {
    return new Proved(radius, Assurance.RIGOROUS, Pairs.ALL);
  }

  /** What a solver said, less what its tolerances may hide. */
  static Proved padded(double radius, Pairs pairs) {
    return new Proved(radius, Assurance.SOLVER, pairs);
  }

  /** A proof about far pairs and one about near ones: one about all, as far as both reach. */
  public static Proved joined(Proved far, Proved near) {
    if (far.pairs == Pairs.NEAR || near.pairs == Pairs.FAR) {
      throw new IllegalArgumentException("these proofs leave pairs out");
    }
    return new Proved(
        Math.min(far.radius, near.radius), weaker(far.assurance, near.assurance), Pairs.ALL);
  }

  /** What holds by both: of two parts of one question, what is proved of the whole. */
  public Proved and(Proved other) {
    if (pairs != other.pairs && pairs != Pairs.ALL && other.pairs != Pairs.ALL) {
      throw new IllegalArgumentException("these proofs have no pairs in common");
    }
    return new Proved(
        Math.min(radius, other.radius),
        weaker(assurance, other.assurance),
        pairs == Pairs.ALL ? other.pairs : pairs);
  }

  private static Assurance weaker(Assurance a, Assurance b) {
    return a.compareTo(b) >= 0 ? a : b;
  }

  /**
   * The same proof, used of pairs that lie within its radius and of no others: of them it holds
   * however far one looks.
   */
  public Proved ofPairsWithin() {
    return new Proved(Double.POSITIVE_INFINITY, assurance, pairs);
  }

  /** The same, not looking further than a radius. */
  public Proved upTo(double limit) {
    return limit < radius ? new Proved(limit, assurance, pairs) : this;
  }

  /** The same proof, taken to leave out pairs nearer than delta. */
  public Proved ofFarPairs() {
    return new Proved(radius, assurance, Pairs.FAR);
  }

  /** The same proof, taken to rest on a solver's word. */
  public Proved onASolversWord() {
    return new Proved(radius, Assurance.SOLVER, pairs);
  }

  /** Up to where. */
  public double radius() {
    return radius;
  }

  /** What it rests on. */
  public Assurance assurance() {
    return assurance;
  }

  /** Which pairs it is about. */
  public Pairs pairs() {
    return pairs;
  }

  /** Whether no word of a solver's is in it. */
  public boolean isWithoutSolver() {
    return assurance != Assurance.SOLVER;
  }

  /** Whether it leaves no pair out. */
  public boolean isOfAllPairs() {
    return pairs == Pairs.ALL;
  }

  /** Whether it is about all pairs, and no word of a solver's is in it. */
  public boolean isOutright() {
    return isWithoutSolver() && isOfAllPairs();
  }

  @Override
  public String toString() {
    return "proved up to " + radius + " (" + assurance + ", pairs " + pairs + ")";
  }
}
