package dev.crease.solver.guard;

import dev.crease.BackendUnavailable;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeoutException;

/**
 * A backend as the registry has it: who it is was asked once, what it throws when asked whether it
 * can run makes it unavailable, and so does that it never says.
 */
public final class LinkedSolver extends ForwardingSolver {

  private static final String UNKNOWN = "unknown version";

  private final String id;
  private final Capabilities capabilities;
  private final String origin;
  private final ForeignCode code;
  private final Runnable beforeUse;

  private volatile String version = UNKNOWN;

  /** Why it is not asked again: it would not answer. */
  private volatile Optional<ForeignCode.Fault> fault = Optional.empty();

  /**
   * Decorates a backend.
   *
   * @param origin the jar that it comes from
   * @param beforeUse runs before the backend is asked for anything that may load native code
   */
  public LinkedSolver(
      MipSolver delegate,
      String id,
      Capabilities capabilities,
      String origin,
      ForeignCode code,
      Runnable beforeUse) {
    super(delegate);
    this.id = id;
    this.capabilities = capabilities;
    this.origin = origin;
    this.code = code;
    this.beforeUse = beforeUse;
  }

  /** The jar that it comes from. */
  public String origin() {
    return origin;
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Capabilities capabilities() {
    return capabilities;
  }

  @Override
  public String version() {
    try {
      askVersion();
    } catch (ForeignCode.Fault e) {
      // It stays what it was.
    }
    return version;
  }

  private void askVersion() throws ForeignCode.Fault {
    String told = ForeignCode.oneLine(ask("version()", super::version));
    version = told.isEmpty() ? UNKNOWN : told;
  }

  @Override
  public Availability availability() {
    try {
      // A version that cannot be told is a library that is not there.
      askVersion();
      Availability answer = ask("availability()", super::availability);
      return answer instanceof Availability.Unavailable no
          ? Availability.unavailable(
              said(no.reason(), "it does not say why"),
              said(no.remedy(), "ask whoever made " + origin))
          : answer;
    } catch (ForeignCode.Fault e) {
      return Availability.unavailable(origin + ": " + e.reason(), e.remedy());
    }
  }

  private static String said(String text, String otherwise) {
    String line = ForeignCode.oneLine(text);
    return line.isEmpty() ? otherwise : line;
  }

  private <T> T ask(String question, Callable<T> call) throws ForeignCode.Fault {
    if (fault.isPresent()) {
      throw fault.get();
    }
    beforeUse.run();
    try {
      return code.ask(question, call);
    } catch (ForeignCode.Fault e) {
      // What was once waited for is not waited for again.
      if (e.getCause() instanceof TimeoutException) {
        fault = Optional.of(e);
      }
      throw e;
    }
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    beforeUse.run();
    try {
      return super.solve(model, options, listener);
    } catch (LinkageError e) {
      throw unavailable(e);
    }
  }

  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    beforeUse.run();
    try {
      return super.linearSession(model, options);
    } catch (LinkageError e) {
      throw unavailable(e);
    }
  }

  private BackendUnavailable unavailable(LinkageError e) {
    return new BackendUnavailable(
        "solver "
            + id
            + " of "
            + origin
            + " is unavailable: "
            + ForeignCode.reason(e)
            + "; "
            + ForeignCode.remedy(e),
        e);
  }
}
