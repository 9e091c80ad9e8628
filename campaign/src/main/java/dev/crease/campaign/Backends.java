package dev.crease.campaign;

import dev.crease.certify.Certifier;
import dev.crease.certify.CertifyOptions;
import dev.crease.choose.CertifierRegistry;
import dev.crease.question.Query;
import dev.crease.solver.Availability;
import dev.crease.solver.Capability;
import dev.crease.solver.MipSolver;
import dev.crease.solver.registry.SolverRegistry;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be measured here.
 *
 * @param registry makes the certifiers
 * @param all those that can run here
 */
public record Backends(CertifierRegistry registry, List<Backend> all) {

  /** The id of the engine whose answers are true. */
  static final String EXACT = "regions";

  /**
   * One of them.
   *
   * @param id by which it is selected
   * @param version of what is underneath
   * @param isSolver whether it is a solver of models, so that strategies and encodings are for it
   * @param threads whether it can use several threads
   */
  public record Backend(String id, String version, boolean isSolver, boolean threads) {}

  /** Copies the list. */
  public Backends {
    all = List.copyOf(all);
  }

  /** Every certifier without a solver, and every available solver that takes integers. */
  public static Backends of(CertifierRegistry registry, SolverRegistry solvers) {
    List<Backend> all = new ArrayList<>();
    for (Certifier certifier : registry.withoutSolver()) {
      all.add(new Backend(certifier.id(), "built in", false, false));
    }
    for (MipSolver solver : solvers.all()) {
      if (solver.availability() instanceof Availability.Available
          && solver.capabilities().has(Capability.INTEGER)) {
        all.add(
            new Backend(
                solver.id(),
                solver.version(),
                true,
                solver.capabilities().has(Capability.THREADS)));
      }
    }
    return new Backends(registry, all);
  }

  /** Whether there is an engine whose answers are true. */
  boolean hasExact() {
    return all.stream().anyMatch(b -> b.id().equals(EXACT));
  }

  Certifier certifier(String id, Query query, CertifyOptions options) {
    return registry.select(id, query, options).certifier();
  }
}
