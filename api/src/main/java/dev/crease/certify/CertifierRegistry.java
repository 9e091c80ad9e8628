package dev.crease.certify;

import com.typesafe.config.Config;
import dev.crease.BadInput;
import dev.crease.solver.Availability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolverRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The certifiers that can be chosen by id: {@link SplittingCertifier}, and a {@link MipCertifier}
 * for each backend on the class path; {@code auto} chooses among them by the question.
 */
public final class CertifierRegistry {

  /** The id that leaves the choice to the question. */
  public static final String AUTO = "auto";

  /** Up to so many inputs, splitting is faster than any solver that was measured. */
  private static final int SPLITTING_INPUTS = 3;

  private static final List<String> PREFERRED = List.of("scip", "ortools-scip", "ortools-highs");

  private final SolverRegistry solvers;
  private final SplittingCertifier splitting = new SplittingCertifier();

  private CertifierRegistry(SolverRegistry solvers) {
    this.solvers = solvers;
  }

  /** A registry over the backends on the class path. */
  public static CertifierRegistry discover(Config config) {
    return of(SolverRegistry.discover(config));
  }

  /** A registry over some backends. */
  public static CertifierRegistry of(SolverRegistry solvers) {
    return new CertifierRegistry(solvers);
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
    if (id.equals(AUTO)) {
      return automatic(query, options);
    }
    if (id.equals(SplittingCertifier.ID)) {
      return new Choice(splitting, Optional.empty());
    }
    if (solvers.all().stream().noneMatch(s -> s.id().equals(id))) {
      throw new BadInput(
          "there is no solver "
              + id
              + "; there are: "
              + String.join(
                  ", ",
                  Stream.concat(
                          Stream.of(AUTO, SplittingCertifier.ID),
                          solvers.all().stream().map(MipSolver::id))
                      .toList())
              + notLoadable());
    }
    return new Choice(new MipCertifier(solvers.select(id)), Optional.empty());
  }

  /**
   * The certifier with an id, or the race of several ({@link PortfolioCertifier}).
   *
   * @param ids as for {@link #select(String, Query, CertifyOptions)}; more than one make a race
   * @throws BadInput if an id is unknown or there twice, or there is none
   * @throws dev.crease.BackendUnavailable if one of them cannot run here
   */
  public Choice select(List<String> ids, Query query, CertifyOptions options) {
    if (ids.isEmpty()) {
      throw new BadInput("crease.solver names no solver");
    }
    if (ids.size() == 1) {
      return select(ids.get(0), query, options);
    }
    List<Certifier> members = new ArrayList<>();
    for (String id : ids) {
      Certifier member = select(id, query, options).certifier();
      if (members.stream().anyMatch(m -> m.id().equals(member.id()))) {
        throw new BadInput("crease.solver names " + member.id() + " twice");
      }
      members.add(member);
    }
    return new Choice(new PortfolioCertifier(members), Optional.empty());
  }

  private String notLoadable() {
    return solvers.broken().isEmpty()
        ? ""
        : "; not loadable: " + String.join(", ", solvers.broken());
  }

  private Choice automatic(Query query, CertifyOptions options) {
    boolean asksForModel = !options.strategy().equals("direct");
    if (!asksForModel
        && query.f().inputs() <= SPLITTING_INPUTS
        && splitting.refusal(query, options).isEmpty()) {
      return new Choice(
          splitting,
          Optional.of("auto chose " + splitting.id() + ": a square network of few inputs"));
    }
    for (String id : PREFERRED) {
      for (MipSolver solver : solvers.all()) {
        if (solver.id().equals(id)
            && solver.availability() instanceof Availability.Available
            && new MipCertifier(solver).refusal(query, options).isEmpty()) {
          return new Choice(
              new MipCertifier(solvers.select(id)),
              Optional.of("auto chose " + id + ": splitting does not suit the question"));
        }
      }
    }
    throw new BadInput(
        "auto finds no solver for this question; name one with crease.solver, and see what `crease"
            + " solvers` lists");
  }
}
