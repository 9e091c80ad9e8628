package dev.crease.certify;

import dev.crease.question.Query;
import dev.crease.witness.Witness;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A bracket {@code [certified, refuted]} of a radius, with its evidence. The lower end comes from a
 * {@link Proved} alone, the upper one from collisions alone. What rests on a solver's word, or
 * leaves pairs out, is {@link #claimed} apart, unless the answer was asked for with {@link
 * Trust#SOLVER}.
 */
public final class RadiusResult {

  private final Query query;
  private final Proved proved;
  private final Trust trust;
  private final Optional<Claim> claimed;
  private final Optional<Witness> witness;
  private final String engine;
  private final String solver;
  private final String strategy;
  private final double delta;
  private final boolean deltaIsRigorous;
  private final Terms terms;
  private final Statistics statistics;
  private final double seconds;
  private final StopReason stop;
  private final List<Note> notes;
  private final Evidence evidence;

  private RadiusResult(Builder b) {
    this.query = b.query;
    this.proved = b.proved;
    this.trust = b.trust;
    this.claimed = b.claimed;
    this.witness = b.witness;
    this.engine = b.engine;
    this.solver = b.solver;
    this.strategy = b.strategy;
    this.delta = b.delta;
    this.deltaIsRigorous = b.deltaIsRigorous;
    this.terms = b.terms;
    this.statistics = b.statistics;
    this.seconds = b.seconds;
    this.stop = b.stop;
    this.notes = List.copyOf(b.notes);
    this.evidence = b.evidence;
    double certified = proved.radius();
    if (proved.pairs() == Proved.Pairs.NEAR || certified > query.maxRadius()) {
      throw new IllegalArgumentException(proved + " cannot be certified");
    }
    OptionalDouble refuted = refuted();
    if (refuted.isPresent() && certified > refuted.getAsDouble()) {
      throw new IllegalArgumentException(
          "certified " + certified + ", refuted " + refuted.getAsDouble());
    }
    if (!proved.isOutright() && trust != Trust.SOLVER) {
      throw new IllegalArgumentException(proved + " is claimed, not certified");
    }
    claimed.ifPresent(claim -> refuseClaim(claim.radius(), certified, refuted));
  }

  private void refuseClaim(double claim, double certified, OptionalDouble refuted) {
    if (!(claim > certified) || claim > Math.min(query.maxRadius(), refuted.orElse(claim))) {
      throw new IllegalArgumentException(
          "claimed " + claim + ", certified " + certified + ", refuted " + refuted);
    }
  }

  /**
   * A builder of an answer.
   *
   * @param query what was asked
   * @param proved the lower end
   */
  public static Builder of(Query query, Proved proved) {
    return new Builder(query, proved);
  }

  /** A builder that starts from this result. */
  public Builder toBuilder() {
    Builder b = new Builder(query, proved);
    b.trust = trust;
    b.claimed = claimed;
    b.witness = witness;
    b.engine = engine;
    b.solver = solver;
    b.strategy = strategy;
    b.delta = delta;
    b.deltaIsRigorous = deltaIsRigorous;
    b.terms = terms;
    b.statistics = statistics;
    b.seconds = seconds;
    b.stop = stop;
    b.notes = notes;
    b.evidence = evidence;
    return b;
  }

  /** What was asked. */
  public Query query() {
    return query;
  }

  /** The lower end of the bracket, with what it rests on. */
  public Proved proved() {
    return proved;
  }

  /**
   * The lower end: no collision with a separation of {@link #delta} or more has both points within
   * this distance of the centre; 0 claims nothing.
   */
  public double certified() {
    return proved.radius();
  }

  /** What {@link #certified} rests on. */
  public Assurance assurance() {
    return proved.assurance();
  }

  /** Whose word was taken for {@link #certified}. */
  public Trust trust() {
    return trust;
  }

  /** What a solver says beyond {@link #certified}, or a proof that leaves pairs out. */
  public Optional<Claim> claimed() {
    return claimed;
  }

  /** How far anybody says that nothing collides: certified, or claimed beyond that. */
  public double said() {
    return claimed.map(Claim::radius).orElse(certified());
  }

  /**
   * The upper end of the bracket: empty when no collision is known. The witness may lie a little
   * further out, where collisions come as near to the radius as one likes.
   */
  public OptionalDouble refuted() {
    if (evidence.collision().isPresent() && evidence.radius().isPresent()) {
      return OptionalDouble.of(evidence.radius().get().refuted());
    }
    return witness.map(w -> OptionalDouble.of(w.radius())).orElseGet(OptionalDouble::empty);
  }

  /** A collision, replayed in doubles. */
  public Optional<Witness> witness() {
    return witness;
  }

  /** Whether a collision is known. */
  public boolean isRefuted() {
    return witness.isPresent() || evidence.collision().isPresent();
  }

  /** Whether the whole range that was asked about is certified. */
  public boolean holdsEverywhere() {
    return certified() >= query.maxRadius();
  }

  /** The id of what answered. */
  public String engine() {
    return engine;
  }

  /** Name and version of the solver underneath. */
  public String solver() {
    return solver;
  }

  /** The name of the strategy. */
  public String strategy() {
    return strategy;
  }

  /**
   * The separation below which collisions were not looked for, in the L-infinity norm: of the
   * points, or for two networks of the outputs of the second. 0 unless a solver's word is taken.
   */
  public double delta() {
    return delta;
  }

  /**
   * Whether it was proved that no collision is closer than {@link #delta}, so that {@link
   * #certified} holds for every collision.
   */
  public boolean deltaIsRigorous() {
    return deltaIsRigorous;
  }

  /** What {@link #certified} holds under. */
  public Terms terms() {
    return terms;
  }

  /** What it cost. */
  public Statistics statistics() {
    return statistics;
  }

  /** Wall-clock time. */
  public double seconds() {
    return seconds;
  }

  /** Why it stopped. */
  public StopReason stop() {
    return stop;
  }

  /** What else a reader must know. */
  public List<Note> notes() {
    return notes;
  }

  /** What is known beyond doubles. */
  public Evidence evidence() {
    return evidence;
  }

  @Override
  public String toString() {
    OptionalDouble refuted = refuted();
    return "["
        + certified()
        + ", "
        + (refuted.isPresent() ? String.valueOf(refuted.getAsDouble()) : "-")
        + "]"
        + claimed.map(claim -> ", " + claim).orElse("")
        + " of "
        + query
        + " by "
        + engine
        + ", strategy "
        + strategy
        + " ("
        + proved
        + ", delta "
        + delta
        + (deltaIsRigorous ? ", rigorous" : "")
        + ", "
        + stop
        + "): "
        + notes.stream().map(Note::text).toList();
  }

  /** Collects the parts of a result. Not thread-safe. */
  public static final class Builder {
    private final Query query;
    private Proved proved;
    private Trust trust = Trust.PROOF;
    private Optional<Claim> claimed = Optional.empty();
    private Optional<Witness> witness = Optional.empty();
    private String engine = "";
    private String solver = "";
    private String strategy = "";
    private double delta;
    private boolean deltaIsRigorous = true;
    private Terms terms = Terms.none();
    private Statistics statistics = Statistics.none();
    private double seconds;
    private StopReason stop = StopReason.COMPLETE;
    private List<Note> notes = List.of();
    private Evidence evidence = Evidence.none();

    private Builder(Query query, Proved proved) {
      this.query = query;
      this.proved = proved;
    }

    /** Sets the lower end. */
    public Builder proved(Proved value) {
      proved = value;
      return this;
    }

    /** Sets whose word was taken for the lower end; nobody's otherwise. */
    public Builder trust(Trust value) {
      trust = value;
      return this;
    }

    /** Sets or leaves out what is said beyond the lower end. */
    public Builder claimed(Optional<Claim> value) {
      claimed = value;
      return this;
    }

    /** Sets the collision. */
    public Builder witness(Witness value) {
      witness = Optional.of(value);
      return this;
    }

    /** Sets or leaves out the collision. */
    public Builder witness(Optional<Witness> value) {
      witness = value;
      return this;
    }

    /**
     * Sets who answered, and how.
     *
     * @param engineId id of what answered
     * @param solverVersion name and version of the solver underneath
     * @param strategyName name of the strategy
     */
    public Builder by(String engineId, String solverVersion, String strategyName) {
      engine = engineId;
      solver = solverVersion;
      strategy = strategyName;
      return this;
    }

    /** Sets the separation below which collisions were not looked for; 0 and rigorous otherwise. */
    public Builder delta(double value, boolean isRigorous) {
      delta = value;
      deltaIsRigorous = isRigorous;
      return this;
    }

    /** Sets what the lower end holds under; none otherwise. */
    public Builder terms(Terms value) {
      terms = value;
      return this;
    }

    /** Sets what it cost. */
    public Builder statistics(Statistics value) {
      statistics = value;
      return this;
    }

    /** Sets the wall-clock time. */
    public Builder seconds(double value) {
      seconds = value;
      return this;
    }

    /** Sets why it stopped; complete otherwise. */
    public Builder stop(StopReason value) {
      stop = value;
      return this;
    }

    /** Sets the notes. */
    public Builder notes(List<Note> value) {
      notes = value;
      return this;
    }

    /** Sets what is known beyond doubles. */
    public Builder evidence(Evidence value) {
      evidence = value;
      return this;
    }

    /**
     * The result.
     *
     * @throws IllegalArgumentException if the bracket is none, or if its lower end is a claim and
     *     nobody was to be trusted
     */
    public RadiusResult build() {
      return new RadiusResult(this);
    }
  }
}
