package dev.crease.choose;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.Choices;
import dev.crease.CreaseException;
import dev.crease.SolverFailure;
import dev.crease.Unsupported;
import dev.crease.boxes.SplittingCertifier;
import dev.crease.certify.Certifier;
import dev.crease.certify.CertifierModule;
import dev.crease.certify.CertifyListener;
import dev.crease.certify.CertifyOptions;
import dev.crease.certify.LipschitzResult;
import dev.crease.certify.RadiusResult;
import dev.crease.certify.SpreadResult;
import dev.crease.certify.Trust;
import dev.crease.mip.MipCertifier;
import dev.crease.mip.Strategies;
import dev.crease.question.Query;
import dev.crease.regions.RegionEngine;
import dev.crease.solver.Availability;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.guard.ForeignCode;
import dev.crease.solver.registry.Contributions;
import dev.crease.solver.registry.SolverRegistry;
import dev.crease.tree.TreeCertifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The certifiers that can be chosen by id: {@link SplittingCertifier}, those that {@linkplain
 * CertifierModule modules} contribute, and a {@link MipCertifier} for each backend on the class
 * path; {@code auto} chooses among them by the question.
 */
public final class CertifierRegistry {

  /** The id that leaves the choice to the question. */
  public static final String AUTO = "auto";

  /** The best first; by id where they are alike. */
  private static final Comparator<MipSolver> BEST_FIRST =
      Comparator.comparingInt((MipSolver s) -> -s.capabilities().preference())
          .thenComparing(s -> !s.capabilities().has(Capability.INTEGER))
          .thenComparing(MipSolver::id);

  /** Ids that no module may take. */
  private static final Set<String> OWN = Set.of(AUTO, SplittingCertifier.ID, TreeCertifier.ID);

  private final SolverRegistry solvers;

  private final Map<String, Certifier> certifiers;
  private final Map<String, RegionEngine> engines;
  private final List<String> broken;

  private CertifierRegistry(
      SolverRegistry solvers,
      Map<String, Certifier> contributed,
      Map<String, RegionEngine> engines,
      List<String> broken) {
    this.solvers = solvers;
    this.certifiers = new TreeMap<>(contributed);
    this.certifiers.put(SplittingCertifier.ID, new SplittingCertifier());
    this.certifiers.put(TreeCertifier.ID, TreeCertifier.onBest(this::bestLinear));
    this.engines = engines;
    List<String> all = new ArrayList<>(broken);
    for (MipSolver solver : solvers.all()) {
      if (certifiers.containsKey(solver.id()) || solver.id().equals(AUTO)) {
        all.add(taken(solvers.origin(solver.id()), "solver", solver.id()));
      }
    }
    this.broken = List.copyOf(all);
  }

  private static String taken(String origin, String what, String id) {
    return origin
        + ": "
        + what
        + " "
        + id
        + ": Crease has another use for that id; tell whoever made it, or remove the jar";
  }

  /** A registry over the backends on the class path. */
  public static CertifierRegistry discover(Config config) {
    return discover(config, () -> {});
  }

  /**
   * A registry over the backends on the class path.
   *
   * @param beforeUse as for {@link SolverRegistry#discover(Config, Runnable)}
   */
  public static CertifierRegistry discover(Config config, Runnable beforeUse) {
    return of(
        SolverRegistry.discover(config, beforeUse),
        Contributions.discover(CertifierModule.class, config),
        ForeignCode.of(config));
  }

  /** A registry over some backends, without certifiers of other modules. */
  public static CertifierRegistry of(SolverRegistry solvers) {
    return new CertifierRegistry(solvers, Map.of(), Map.of(), List.of());
  }

  /** A registry over some backends and what {@linkplain CertifierModule modules} contribute. */
  public static CertifierRegistry of(SolverRegistry solvers, Contributions contributions) {
    return of(solvers, contributions, ForeignCode.of(ConfigFactory.empty()));
  }

  private static CertifierRegistry of(
      SolverRegistry solvers, Contributions contributions, ForeignCode code) {
    List<String> broken = new ArrayList<>(contributions.broken());
    Map<String, Certifier> certifiers = new TreeMap<>();
    contributions
        .all(Certifier.class, "certifier", Certifier::id, broken)
        .forEach(
            (id, found) -> {
              if (OWN.contains(id)) {
                broken.add(taken(found.origin(), "certifier", id));
              } else {
                certifiers.put(id, new ContributedCertifier(found.value(), id, code));
              }
            });
    Map<String, RegionEngine> engines = new TreeMap<>();
    contributions
        .all(RegionEngine.class, "region engine", RegionEngine::id, broken)
        .forEach((id, found) -> engines.put(id, found.value()));
    return new CertifierRegistry(solvers, certifiers, engines, broken);
  }

  /** The names of the strategies that options can ask for. */
  public static List<String> strategies() {
    return Stream.concat(Strategies.names().stream(), Stream.of(TreeCertifier.ID)).toList();
  }

  /** The backends that can be chosen by id. */
  public SolverRegistry solvers() {
    return solvers;
  }

  /** The certifiers that need no solver, sorted by id. */
  public List<Certifier> withoutSolver() {
    return List.copyOf(certifiers.values());
  }

  /** What could not be loaded, a line each, with the jar and what to do; solvers apart. */
  public List<String> broken() {
    return broken;
  }

  /** What could not be loaded, solvers included. */
  public Stream<String> allBroken() {
    return Stream.concat(solvers.broken().stream(), broken.stream());
  }

  /**
   * The engine that finds regions and preimages.
   *
   * @throws dev.crease.BackendUnavailable if there is none
   */
  public RegionEngine regions() {
    return engines.values().stream()
        .findFirst()
        .orElseThrow(
            () ->
                new BackendUnavailable(
                    "no engine for linear regions is on the class path; add engine-regions"));
  }

  /**
   * A certifier, and why it was chosen when nobody named it.
   *
   * @param certifier what answers
   * @param why a line, empty when the user chose
   */
  public record Choice(Certifier certifier, Optional<String> why) {}

  /**
   * The certifier with an id, or for {@link #AUTO} the one that suits the question.
   *
   * @throws BadInput if there is no such id; the message lists what there is
   * @throws dev.crease.BackendUnavailable if it cannot run here; the message says why
   */
  public Choice select(String id, Query query, CertifyOptions options) {
    Choices.of("strategy", name -> name, strategies()).named(options.strategy());
    if (id.equals(AUTO)) {
      return automatic(query, options);
    }
    Certifier named = certifiers.get(id);
    if (named != null) {
      return new Choice(named, Optional.empty());
    }
    if (solvers.all().stream().noneMatch(s -> s.id().equals(id))) {
      throw new BadInput(
          "there is no solver "
              + id
              + "; there are: "
              + String.join(
                  ", ",
                  Stream.concat(
                          Stream.concat(Stream.of(AUTO), certifiers.keySet().stream()),
                          solvers.all().stream().map(MipSolver::id))
                      .toList())
              + notLoadable());
    }
    return new Choice(onSolver(id, options), Optional.empty());
  }

  /** The certifier on a backend: by a proof tree where that is the strategy. */
  private Certifier onSolver(String id, CertifyOptions options) {
    return options.strategy().equals(TreeCertifier.ID)
        ? TreeCertifier.on(solvers.select(id))
        : mip(id);
  }

  /**
   * The certifier with an id, or the race of several ({@link PortfolioCertifier}).
   *
   * @param ids as for {@link #select(String, Query, CertifyOptions)}; more than one make a race
   * @throws BadInput if an id is unknown or there twice, or there is none
   * @throws dev.crease.BackendUnavailable if none of them can run here; those that cannot are left
   *     out of a race
   */
  public Choice select(List<String> ids, Query query, CertifyOptions options) {
    if (ids.isEmpty()) {
      throw new BadInput("crease.solver names no solver");
    }
    if (ids.size() == 1) {
      return select(ids.get(0), query, options);
    }
    List<Certifier> members = new ArrayList<>();
    List<BackendUnavailable> absent = new ArrayList<>();
    for (String id : ids) {
      Certifier member;
      try {
        member = select(id, query, options).certifier();
      } catch (BackendUnavailable e) {
        absent.add(e);
        continue;
      }
      if (members.stream().anyMatch(m -> m.id().equals(member.id()))) {
        throw new BadInput("crease.solver names " + member.id() + " twice");
      }
      members.add(member);
    }
    if (members.isEmpty()) {
      throw absent.get(0);
    }
    Optional<String> why =
        absent.isEmpty()
            ? Optional.empty()
            : Optional.of(
                "left out of the race: "
                    + String.join(
                        "; ", absent.stream().map(BackendUnavailable::getMessage).toList()));
    return new Choice(members.size() == 1 ? members.get(0) : new PortfolioCertifier(members), why);
  }

  /**
   * The certifier of spreads with an id, or for {@link #AUTO} the one that suits the question: the
   * engine that is exact in few inputs, else the tree; integer programs where a strategy of theirs
   * is asked for.
   *
   * @param ids as for {@link #select(List, Query, CertifyOptions)}; there is no race, the first
   *     counts
   */
  public Choice spreads(List<String> ids, Query query, CertifyOptions options) {
    if (ids.isEmpty()) {
      throw new BadInput("crease.solver names no solver");
    }
    Choice choice = select(ids.get(0), query, options);
    return ids.size() == 1
        ? choice
        : new Choice(choice.certifier(), Optional.of("spreads are not raced: the first answers"));
  }

  /** A certifier on a backend, with the help of one that has linear sessions. */
  private MipCertifier mip(String id) {
    MipSolver solver = solvers.select(id);
    if (solver.capabilities().has(Capability.LINEAR_SESSION)) {
      return new MipCertifier(solver);
    }
    return new MipCertifier(solver, bestLinear());
  }

  /** The best backend with linear sessions that can run here. */
  private Optional<MipSolver> bestLinear() {
    return solvers.all().stream()
        .filter(s -> s.capabilities().has(Capability.LINEAR_SESSION))
        // The best comes first, so that no other is asked whether it can run.
        .sorted(
            Comparator.comparingInt((MipSolver s) -> -s.capabilities().sessions())
                .thenComparing(BEST_FIRST))
        .filter(s -> s.availability() instanceof Availability.Available)
        .findFirst()
        .map(s -> solvers.select(s.id()));
  }

  /** The backends that may be chosen where nobody names one, the best first. */
  private List<MipSolver> preferred() {
    return solvers.all().stream()
        .filter(s -> s.capabilities().preference() > 0)
        .sorted(BEST_FIRST)
        .toList();
  }

  private String notLoadable() {
    List<String> all = allBroken().toList();
    return all.isEmpty() ? "" : "; not loadable: " + String.join(", ", all);
  }

  private Choice automatic(Query query, CertifyOptions options) {
    if (options.strategy().equals(TreeCertifier.ID)) {
      return new Choice(certifiers.get(TreeCertifier.ID), Optional.empty());
    }
    if (query.isOnWholeSpace()) {
      return onWholeSpace(query, options);
    }
    boolean asksForModel = !options.strategy().equals(AUTO);
    if (!asksForModel) {
      for (Certifier certifier : certifiers.values()) {
        Optional<String> suits = certifier.suits(query);
        if (suits.isPresent() && certifier.refusal(query, options).isEmpty()) {
          return new Choice(
              certifier, Optional.of("auto chose " + certifier.id() + ": " + suits.get()));
        }
      }
    }
    String why =
        asksForModel
            ? "strategy " + options.strategy() + " is one of integer programs"
            : "no engine without a solver suits the question";
    List<String> reasons = new ArrayList<>();
    for (MipSolver solver : preferred()) {
      String id = solver.id();
      Optional<String> reason =
          solver.availability() instanceof Availability.Unavailable unavailable
              ? Optional.of(id + " is unavailable: " + unavailable.reason())
              : new MipCertifier(solver).refusal(query, options);
      if (reason.isEmpty()) {
        return new Choice(mip(id), Optional.of("auto chose " + id + ": " + why));
      }
      reasons.add(reason.get());
    }
    return withoutSolver(query, options, asksForModel, reasons);
  }

  /** Whoever answers questions about the whole space; no solver does. */
  private Choice onWholeSpace(Query query, CertifyOptions options) {
    List<String> reasons = new ArrayList<>();
    for (Certifier certifier : certifiers.values()) {
      if (certifier.answersWholeSpace()) {
        Optional<String> refusal = certifier.refusal(query, options);
        if (refusal.isEmpty()) {
          String why = "auto chose " + certifier.id() + ": it answers for the whole space";
          return new Choice(certifier, Optional.of(why));
        }
        reasons.add(refusal.get());
      }
    }
    throw new BadInput(
        reasons.isEmpty()
            ? "no certifier on the class path answers for the whole space; give a finite radius"
            : String.join("; ", reasons));
  }

  /** What answers where no solver does, be it slowly. */
  private Choice withoutSolver(
      Query query, CertifyOptions options, boolean asksForModel, List<String> reasons) {
    List<String> all = new ArrayList<>(reasons);
    for (Certifier certifier : asksForModel ? List.<Certifier>of() : certifiers.values()) {
      Optional<String> refusal = certifier.refusal(query, options);
      if (refusal.isEmpty()) {
        return new Choice(
            certifier,
            Optional.of("auto fell back on " + certifier.id() + ": " + String.join("; ", reasons)));
      }
      all.add(refusal.get());
    }
    throw new BadInput(
        "auto finds nothing that answers this question: "
            + (all.isEmpty() ? "there is no solver on the class path" : String.join("; ", all))
            + "; see what `crease solvers` lists");
  }

  /** A certifier of a jar's: whatever it throws is a failure of its own, in one line. */
  private record ContributedCertifier(Certifier certifier, String id, ForeignCode code)
      implements Certifier {

    @Override
    public Optional<String> refusal(Query query, CertifyOptions options) {
      Optional<String> kind = Certifier.refusalOfKind(this, query);
      if (kind.isPresent()) {
        return kind;
      }
      try {
        return code.ask("refusal()", () -> certifier.refusal(query, options));
      } catch (ForeignCode.Fault e) {
        if (e.getCause() instanceof CreaseException known) {
          throw known;
        }
        return Optional.of("certifier " + id + " is broken: " + e.reason() + "; " + e.remedy());
      }
    }

    @Override
    public boolean answersNoise() {
      try {
        return code.ask("answersNoise()", certifier::answersNoise);
      } catch (ForeignCode.Fault e) {
        return false;
      }
    }

    @Override
    public boolean answersDomains() {
      try {
        return code.ask("answersDomains()", certifier::answersDomains);
      } catch (ForeignCode.Fault e) {
        return false;
      }
    }

    @Override
    public boolean answersWholeSpace() {
      try {
        return code.ask("answersWholeSpace()", certifier::answersWholeSpace);
      } catch (ForeignCode.Fault e) {
        return false;
      }
    }

    @Override
    public boolean asksSolver() {
      try {
        return code.ask("asksSolver()", certifier::asksSolver);
      } catch (ForeignCode.Fault e) {
        return false;
      }
    }

    @Override
    public Optional<String> suits(Query query) {
      try {
        return code.ask("suits()", () -> certifier.suits(query));
      } catch (ForeignCode.Fault e) {
        // It is not chosen unless it is named.
        return Optional.empty();
      }
    }

    @Override
    public String about() {
      try {
        return code.ask("about()", certifier::about).lines().findFirst().orElse("");
      } catch (ForeignCode.Fault e) {
        return "broken: " + e.reason() + "; " + e.remedy();
      }
    }

    @Override
    public RadiusResult radius(Query query, CertifyOptions options, CertifyListener listener) {
      refuseKind(query);
      return answer(options, () -> certifier.radius(query, options, listener));
    }

    @Override
    public RadiusResult check(
        Query query, double radius, CertifyOptions options, CertifyListener listener) {
      refuseKind(query);
      return answer(options, () -> certifier.check(query, radius, options, listener));
    }

    @Override
    public SpreadResult spread(
        Query query, double radius, CertifyOptions options, CertifyListener listener) {
      refuseKind(query);
      return guarded(() -> certifier.spread(query, radius, options, listener));
    }

    /** Whoever does not know of noise or domains would answer as if there were none. */
    private void refuseKind(Query query) {
      Certifier.refusalOfKind(this, query)
          .ifPresent(
              why -> {
                throw new Unsupported(why);
              });
    }

    @Override
    public LipschitzResult lipschitz(
        Query query, double radius, CertifyOptions options, CertifyListener listener) {
      refuseKind(query);
      return guarded(() -> certifier.lipschitz(query, radius, options, listener));
    }

    private RadiusResult answer(CertifyOptions options, Supplier<@Nullable RadiusResult> question) {
      RadiusResult result = guarded(question);
      if (result.trust() == Trust.SOLVER && options.trust() != Trust.SOLVER) {
        throw new SolverFailure(
            "certifier " + id + " failed: it certifies what a solver says, unasked");
      }
      return result;
    }

    private <T> T guarded(Supplier<@Nullable T> question) {
      T result;
      try {
        result = question.get();
      } catch (CreaseException e) {
        throw e;
      } catch (Throwable e) {
        throw new SolverFailure("certifier " + id + " failed: " + ForeignCode.reason(e), e);
      }
      if (result == null) {
        throw new SolverFailure("certifier " + id + " failed: it gave null");
      }
      return result;
    }
  }
}
