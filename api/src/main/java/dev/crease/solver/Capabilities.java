package dev.crease.solver;

import dev.crease.Unsupported;
import dev.crease.model.Constraint;
import dev.crease.model.Model;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What a backend can do, and what a user must know of how it does it.
 *
 * @param supported what it can do
 * @param notes limits of its answers, a line each, such as scaled arithmetic; carried into results
 * @param trust how steep networks may be that its proofs are believed of; see {@link #trusted}
 * @param preference the higher, the sooner it is chosen where nobody names a solver; with 0, the
 *     default, it is never chosen then
 * @param sessions the higher, the sooner its linear sessions serve where nobody names a solver
 */
public record Capabilities(
    Set<Capability> supported,
    List<String> notes,
    Map<Capability, Double> trust,
    int preference,
    int sessions) {

  /** What nobody has measured is trusted this far: ordinary networks, and no steep ones. */
  private static final double UNMEASURED = 1e-5;

  /** Copies the collections. */
  public Capabilities {
    supported = Set.copyOf(supported);
    notes = List.copyOf(notes);
    trust = Map.copyOf(trust);
  }

  /** Capabilities of which nobody has measured how far the answers can be trusted. */
  public Capabilities(Set<Capability> supported, List<String> notes) {
    this(supported, notes, Map.of(), 0, 0);
  }

  /**
   * Up to which product of a network's slope with the feasibility tolerance its proofs about the
   * network have held wherever they were tried, with a factor of ten in hand.
   *
   * @param kind what the ReLUs are written with: {@link Capability#INTEGER} for linear rows with
   *     binaries, {@link Capability#INDICATOR} or {@link Capability#SOS1}
   */
  public double trusted(Capability kind) {
    return trust.getOrDefault(kind, UNMEASURED);
  }

  /** The same, trusted that far with one kind of constraint; see {@link #trusted}. */
  public Capabilities withTrust(Capability kind, double upTo) {
    Map<Capability, Double> more = new EnumMap<>(Capability.class);
    more.putAll(trust);
    more.put(kind, upTo);
    return new Capabilities(supported, notes, more, preference, sessions);
  }

  /** Capabilities without notes. */
  public static Capabilities of(Capability first, Capability... rest) {
    return new Capabilities(EnumSet.of(first, rest), List.of());
  }

  /** The same with a note. */
  public Capabilities withNote(String note) {
    return new Capabilities(
        supported,
        Stream.concat(notes.stream(), Stream.of(note)).toList(),
        trust,
        preference,
        sessions);
  }

  /**
   * The same, chosen where nobody names a solver, unless one of a higher preference can run.
   *
   * @param value above 0
   */
  public Capabilities withPreference(int value) {
    return new Capabilities(supported, notes, trust, value, sessions);
  }

  /**
   * The same, whose {@linkplain LinearSession linear sessions} serve where nobody names a solver,
   * unless one of a higher preference can run.
   *
   * @param value the faster its sessions are, the higher
   */
  public Capabilities withSessionPreference(int value) {
    return new Capabilities(supported, notes, trust, preference, value);
  }

  /** Whether the backend has a capability. */
  public boolean has(Capability capability) {
    return supported.contains(capability);
  }

  /**
   * Why a model cannot be handed to the backend, naming the first thing that it lacks; empty when
   * it can.
   */
  public Optional<String> refusal(Model model) {
    for (var v : model.variables()) {
      if (v.isIntegral() && !has(Capability.INTEGER)) {
        return Optional.of(
            "it solves linear programs only, and variable " + v.name() + " is integer");
      }
      if (!v.isIntegral() && !has(Capability.CONTINUOUS)) {
        return Optional.of("it has no continuous variables, and " + v.name() + " is one");
      }
    }
    if (!model.objective().expression().isLinear() && !has(Capability.QUADRATIC)) {
      return Optional.of("it has no quadratic objectives");
    }
    for (Constraint constraint : model.constraints()) {
      Optional<Capability> needed = needed(constraint);
      if (needed.isPresent() && !has(needed.get())) {
        return Optional.of(
            "it has no "
                + needed.get().label()
                + " constraints, and "
                + constraint.name()
                + " is one");
      }
    }
    return Optional.empty();
  }

  /**
   * Refuses a model that cannot be handed to the backend.
   *
   * @param id the backend's id, for the message
   * @throws Unsupported if there is a {@link #refusal}
   */
  public void require(String id, Model model) {
    refusal(model)
        .ifPresent(
            why -> {
              throw new Unsupported("solver " + id + " cannot take the model: " + why);
            });
  }

  private static Optional<Capability> needed(Constraint constraint) {
    return constraint.<Optional<Capability>, RuntimeException>fold(
        linear -> Optional.empty(),
        indicator -> Optional.of(Capability.INDICATOR),
        sos1 -> Optional.of(Capability.SOS1),
        quadratic -> Optional.of(Capability.QUADRATIC));
  }
}
