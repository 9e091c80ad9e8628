package dev.crease.solver.ortools;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.DoubleByReference;
import com.sun.jna.ptr.IntByReference;
import com.sun.jna.ptr.LongByReference;
import dev.crease.BackendUnavailable;
import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.solver.Availability;
import dev.crease.solver.Capabilities;
import dev.crease.solver.Capability;
import dev.crease.solver.LinearSession;
import dev.crease.solver.MipSolver;
import dev.crease.solver.Progress;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import dev.crease.solver.SolveStatus;
import dev.crease.solver.natives.Unloadable;
import jakarta.inject.Inject;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** HiGHS, through the C interface of the library that OR-Tools carries. */
final class HighsSolver implements MipSolver {

  static final String ID = "ortools-highs";

  private static final Capabilities CAPABILITIES =
      Capabilities.of(
              Capability.INTEGER,
              Capability.CONTINUOUS,
              Capability.WARM_START,
              Capability.INTERRUPT,
              Capability.PROGRESS,
              Capability.LOG,
              Capability.NODE_LIMIT,
              Capability.BOUND_AT_LIMIT,
              Capability.THREADS,
              Capability.SEED,
              Capability.LINEAR_SESSION)
          .withTrust(Capability.INTEGER, 2e-3)
          .withPreference(100)
          .withSessionPreference(300);

  private final Natives natives;
  private Optional<HighsLibrary> library = Optional.empty();

  @Inject
  HighsSolver(Natives natives) {
    this.natives = natives;
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String version() {
    try {
      return "HiGHS " + library().Highs_version();
    } catch (BackendUnavailable e) {
      return "HiGHS of OR-Tools " + Natives.ortoolsVersion();
    }
  }

  @Override
  public Availability availability() {
    try {
      library();
      return Availability.available();
    } catch (BackendUnavailable e) {
      return Availability.unavailable(
          e.getMessage(), "put OR-Tools' native jar for this platform on the class path");
    }
  }

  @Override
  public Capabilities capabilities() {
    return CAPABILITIES;
  }

  private synchronized HighsLibrary library() {
    if (library.isEmpty()) {
      String path = natives.highs().toAbsolutePath().toString();
      try {
        HighsLibrary loaded = Native.load(path, HighsLibrary.class);
        Pointer probe = loaded.Highs_create();
        int size = loaded.Highs_getSizeofHighsInt(probe);
        loaded.Highs_destroy(probe);
        if (size != Integer.BYTES) {
          throw new BackendUnavailable("HiGHS was built with integers of " + size + " bytes");
        }
        library = Optional.of(loaded);
      } catch (LinkageError e) {
        throw new BackendUnavailable(Unloadable.reason("HiGHS", e), e);
      }
    }
    return library.get();
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    CAPABILITIES.require(ID, model);
    HighsLibrary highs = library();
    Pointer handle = highs.Highs_create();
    try {
      return new Solve(highs, handle, model, options, listener).run();
    } finally {
      highs.Highs_destroy(handle);
    }
  }

  @Override
  public Optional<LinearSession> linearSession(Model model, SolveOptions options) {
    if (!model.isLinearProgram()) {
      throw new IllegalArgumentException(model.name() + " is no linear program");
    }
    return Optional.of(new HighsSession(library(), model, options));
  }

  /** One solve on one handle. */
  private static final class Solve {
    private final HighsLibrary highs;
    private final Pointer handle;
    private final Model model;
    private final SolveOptions options;
    private final SolveListener listener;
    private final boolean isMip;
    private final long start = System.nanoTime();

    Solve(
        HighsLibrary highs,
        Pointer handle,
        Model model,
        SolveOptions options,
        SolveListener listener) {
      this.highs = highs;
      this.handle = handle;
      this.model = model;
      this.options = options;
      this.listener = listener;
      this.isMip = model.integralCount() > 0;
    }

    SolveResult run() {
      bool("output_flag", false);
      HighsModel.pass(highs, handle, model);
      setWarmStart();
      // Held in a local until the run is over: native code keeps no reference that Java sees.
      HighsLibrary.UserCallback callback = this::callback;
      highs.Highs_setCallback(handle, callback, Pointer.NULL);
      try {
        startCallbacks();
        setOptions();
        SolveResult result = result(highs.Highs_run(handle));
        if (result.status() == SolveStatus.ERROR
            && !options.limits().cancellation().isCancelled()) {
          // An error of a linear program is mostly one of postsolve, one of an integer program a
          // matter of luck.
          text("presolve", "off");
          integer("random_seed", options.seed() ^ 1);
          result = result(highs.Highs_run(handle));
        }
        return result;
      } finally {
        Reference.reachabilityFence(callback);
      }
    }

    private void startCallbacks() {
      int interrupt =
          isMip ? HighsLibrary.CALLBACK_MIP_INTERRUPT : HighsLibrary.CALLBACK_SIMPLEX_INTERRUPT;
      highs.Highs_startCallback(handle, interrupt);
      if (isMip) {
        highs.Highs_startCallback(handle, HighsLibrary.CALLBACK_MIP_LOGGING);
        highs.Highs_startCallback(handle, HighsLibrary.CALLBACK_SIMPLEX_INTERRUPT);
      } else {
        highs.Highs_startCallback(handle, HighsLibrary.CALLBACK_IPM_INTERRUPT);
      }
      if (options.logSink().isPresent()) {
        highs.Highs_startCallback(handle, HighsLibrary.CALLBACK_LOGGING);
      }
    }

    private void setOptions() {
      // Without output HiGHS calls no callback of progress; with a logging callback the console's
      // lines go there.
      bool("output_flag", true);
      bool("log_to_console", options.logSink().isPresent());
      real("mip_rel_gap", options.tolerances().relativeGap());
      real("mip_abs_gap", options.tolerances().absoluteGap());
      real("primal_feasibility_tolerance", options.tolerances().feasibility());
      real("dual_feasibility_tolerance", options.tolerances().feasibility());
      real("mip_feasibility_tolerance", options.tolerances().largest());
      integer("random_seed", options.seed());
      if (isMip) {
        // Presolve of integer models was seen to exclude points that satisfy them.
        text("presolve", "off");
      }
      // All solves of a process share HiGHS's threads, so a count of one's own is not to be had.
      text("parallel", options.threads() > 1 ? "on" : "off");
      options
          .limits()
          .time()
          .ifPresent(limit -> real("time_limit", Math.max(1e-3, limit.toNanos() / 1e9)));
      options
          .limits()
          .nodes()
          .ifPresent(limit -> integer("mip_max_nodes", (int) Math.min(limit, Integer.MAX_VALUE)));
      ParameterNames.HIGHS.refuse(options.parameters().keySet());
      options.parameters().forEach(this::parameter);
    }

    private void parameter(String name, String value) {
      IntByReference type = new IntByReference();
      if (highs.Highs_getOptionType(handle, name, type) != 0) {
        throw new BadInput("HiGHS has no option " + name);
      }
      int status;
      try {
        status =
            switch (type.getValue()) {
              case HighsLibrary.OPTION_BOOL ->
                  highs.Highs_setBoolOptionValue(handle, name, truth(value) ? 1 : 0);
              case HighsLibrary.OPTION_INT ->
                  highs.Highs_setIntOptionValue(handle, name, Integer.parseInt(value));
              case HighsLibrary.OPTION_DOUBLE ->
                  highs.Highs_setDoubleOptionValue(handle, name, Double.parseDouble(value));
              default -> highs.Highs_setStringOptionValue(handle, name, value);
            };
      } catch (NumberFormatException e) {
        throw new BadInput("HiGHS option " + name + " cannot be " + value, e);
      }
      if (status == HighsLibrary.STATUS_ERROR) {
        throw new BadInput("HiGHS option " + name + " cannot be " + value);
      }
    }

    private static boolean truth(String value) {
      return switch (value) {
        case "true", "on", "1" -> true;
        case "false", "off", "0" -> false;
        default -> throw new NumberFormatException(value);
      };
    }

    private void bool(String name, boolean value) {
      highs.Highs_setBoolOptionValue(handle, name, value ? 1 : 0);
    }

    private void integer(String name, int value) {
      highs.Highs_setIntOptionValue(handle, name, value);
    }

    private void real(String name, double value) {
      highs.Highs_setDoubleOptionValue(handle, name, value);
    }

    private void text(String name, String value) {
      highs.Highs_setStringOptionValue(handle, name, value);
    }

    private void setWarmStart() {
      Map<Integer, Double> values = options.warmStart();
      if (values.isEmpty() || !isMip) {
        return;
      }
      List<Integer> order = values.keySet().stream().sorted().toList();
      int[] index = order.stream().mapToInt(Integer::intValue).toArray();
      double[] value = order.stream().mapToDouble(values::get).toArray();
      highs.Highs_setSparseSolution(handle, index.length, index, value);
    }

    private void callback(
        int type, String message, Pointer dataOut, Pointer dataIn, Pointer userData) {
      switch (type) {
        case HighsLibrary.CALLBACK_LOGGING ->
            options.logSink().ifPresent(sink -> message.lines().forEach(sink));
        case HighsLibrary.CALLBACK_MIP_LOGGING -> listener.progress(progress(dataOut));
        default -> {
          // The first field of the input struct is the interrupt flag.
          if (options.limits().cancellation().isCancelled()) {
            dataIn.setInt(0, 1);
          }
        }
      }
    }

    private Progress progress(Pointer dataOut) {
      double primal = real(dataOut, "mip_primal_bound");
      double dual = real(dataOut, "mip_dual_bound");
      Pointer nodes = highs.Highs_getCallbackDataOutItem(dataOut, "mip_node_count");
      return new Progress(primal, dual, nodes == null ? -1 : nodes.getLong(0), elapsed());
    }

    private double real(Pointer dataOut, String item) {
      Pointer value = highs.Highs_getCallbackDataOutItem(dataOut, item);
      return value == null ? Double.NaN : value.getDouble(0);
    }

    private Duration elapsed() {
      return Duration.ofNanos(System.nanoTime() - start);
    }

    private SolveResult result(int ran) {
      int modelStatus = highs.Highs_getModelStatus(handle);
      SolveStatus status = status(ran, modelStatus);
      String message = "HiGHS model status " + modelStatus;
      LongByReference nodes = new LongByReference(-1);
      highs.Highs_getInt64InfoValue(handle, "mip_node_count", nodes);
      Optional<SolveResult.Solution> solution =
          status == SolveStatus.ERROR || status == SolveStatus.INFEASIBLE
              ? Optional.empty()
              : solution();
      double noBound = SolveResult.noBound(model.objective().sense());
      double bound = noBound;
      if (isMip && status != SolveStatus.ERROR && status != SolveStatus.INFEASIBLE) {
        DoubleByReference dual = new DoubleByReference(noBound);
        highs.Highs_getDoubleInfoValue(handle, "mip_dual_bound", dual);
        bound = Double.isNaN(dual.getValue()) ? noBound : dual.getValue();
      } else if (status == SolveStatus.OPTIMAL && solution.isPresent()) {
        bound = solution.get().objective();
      }
      if (status == SolveStatus.INTERRUPTED && !options.limits().cancellation().isCancelled()) {
        status = SolveStatus.OTHER_LIMIT;
      }
      return new SolveResult(status, solution, bound, nodes.getValue(), elapsed(), message);
    }

    private SolveStatus status(int ran, int modelStatus) {
      if (ran == HighsLibrary.STATUS_ERROR) {
        return SolveStatus.ERROR;
      }
      return HighsModelStatus.of(modelStatus).map(this::status).orElse(SolveStatus.ERROR);
    }

    private SolveStatus status(HighsModelStatus modelStatus) {
      return switch (modelStatus) {
        case MODEL_EMPTY, OPTIMAL -> SolveStatus.OPTIMAL;
        case INFEASIBLE -> SolveStatus.INFEASIBLE;
        case UNBOUNDED_OR_INFEASIBLE -> SolveStatus.INFEASIBLE_OR_UNBOUNDED;
        case UNBOUNDED -> SolveStatus.UNBOUNDED;
        case TIME_LIMIT -> SolveStatus.TIME_LIMIT;
        // Nodes, improvements and stalling all come back as a solution limit.
        case SOLUTION_LIMIT ->
            options.limits().nodes().isPresent() ? SolveStatus.NODE_LIMIT : SolveStatus.OTHER_LIMIT;
        case OBJECTIVE_BOUND, OBJECTIVE_TARGET, ITERATION_LIMIT -> SolveStatus.OTHER_LIMIT;
        case INTERRUPT -> SolveStatus.INTERRUPTED;
        case NOT_SET,
                LOAD_ERROR,
                MODEL_ERROR,
                PRESOLVE_ERROR,
                SOLVE_ERROR,
                POSTSOLVE_ERROR,
                UNKNOWN,
                MEMORY_LIMIT,
                HIGHS_INTERRUPT ->
            SolveStatus.ERROR;
      };
    }

    private Optional<SolveResult.Solution> solution() {
      IntByReference primalStatus = new IntByReference();
      highs.Highs_getIntInfoValue(handle, "primal_solution_status", primalStatus);
      int columns = model.variables().size();
      if (columns > 0 && primalStatus.getValue() != HighsLibrary.SOLUTION_FEASIBLE) {
        return Optional.empty();
      }
      double[] values = new double[columns];
      int rows = model.constraints().size();
      if (columns > 0) {
        highs.Highs_getSolution(
            handle, values, new double[columns], new double[rows], new double[rows]);
      }
      return Optional.of(
          new SolveResult.Solution(values, model.objective().expression().valueAt(values)));
    }
  }
}
