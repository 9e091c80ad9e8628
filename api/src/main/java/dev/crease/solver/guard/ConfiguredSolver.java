package dev.crease.solver.guard;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import dev.crease.BadInput;
import dev.crease.model.Model;
import dev.crease.solver.MipSolver;
import dev.crease.solver.SolveListener;
import dev.crease.solver.SolveOptions;
import dev.crease.solver.SolveResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Gives a backend the parameters of its own that the configuration has for it alone, {@code
 * crease.<id>.parameters}: in a race each has its own names. Those of the options win.
 */
public final class ConfiguredSolver extends ForwardingSolver {

  private final Map<String, String> parameters;

  /**
   * Decorates a solver.
   *
   * @param parameters what to add, by the backend's own names
   */
  public ConfiguredSolver(MipSolver delegate, Map<String, String> parameters) {
    super(delegate);
    this.parameters = Map.copyOf(parameters);
  }

  @Override
  public SolveResult solve(Model model, SolveOptions options, SolveListener listener) {
    Map<String, String> all = new HashMap<>(parameters);
    all.putAll(options.parameters());
    return super.solve(model, options.toBuilder().parameters(all).build(), listener);
  }

  /**
   * The parameters below a path, by name; none where there is no such path.
   *
   * @throws BadInput if a value is not plain text or a number, or lies deeper
   */
  public static Map<String, String> parameters(Config config, String path) {
    Map<String, String> parameters = new HashMap<>();
    if (!config.hasPath(path)) {
      return parameters;
    }
    try {
      Config own = config.getConfig(path);
      own.entrySet()
          .forEach(
              e -> {
                List<String> name = ConfigUtil.splitPath(e.getKey());
                // Most names have no dots; an unquoted one with dots is put together.
                parameters.put(String.join(".", name), own.getString(e.getKey()));
              });
    } catch (ConfigException e) {
      throw new BadInput("configuration: " + e.getMessage(), e);
    }
    return parameters;
  }
}
