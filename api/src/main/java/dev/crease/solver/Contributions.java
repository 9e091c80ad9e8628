package dev.crease.solver;

import com.google.inject.AbstractModule;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.ProvisionException;
import com.google.inject.multibindings.MapBinder;
import com.google.inject.util.Types;
import com.typesafe.config.Config;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * What the Guice modules on the class path contribute, by type and id. A module that cannot be
 * loaded, or a part that cannot be made, is reported and does not stand in the way of the others.
 */
public final class Contributions {

  private final List<Module> modules;
  private final List<String> broken;
  private final Config config;

  private Contributions(List<Module> modules, List<String> broken, Config config) {
    this.modules = modules;
    this.broken = broken;
    this.config = config;
  }

  /**
   * Finds the modules on the class path.
   *
   * @param service what {@link ServiceLoader} looks for
   * @param config the effective configuration, handed to the modules
   */
  public static Contributions discover(Class<? extends Module> service, Config config) {
    List<Module> modules = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Iterator<? extends Module> found = ServiceLoader.load(service).iterator();
    while (true) {
      try {
        if (!found.hasNext()) {
          break;
        }
        modules.add(found.next());
      } catch (ServiceConfigurationError e) {
        broken.add(firstLine(e));
      }
    }
    return new Contributions(modules, broken, config);
  }

  /** The given modules. */
  public static Contributions of(Collection<? extends Module> modules, Config config) {
    return new Contributions(List.copyOf(modules), List.of(), config);
  }

  /**
   * All contributions of a type, by id.
   *
   * @param what what to call one in messages
   * @param reports takes a line for each that could not be loaded
   */
  public <T> Map<String, T> all(Class<T> type, String what, List<String> reports) {
    reports.addAll(broken);
    Map<String, T> found = new TreeMap<>();
    // One injector a module, so that one module's mistake is its own.
    for (Module module : modules) {
      try {
        providers(type, module)
            .forEach(
                (id, provider) -> {
                  try {
                    if (found.putIfAbsent(id, provider.get()) != null) {
                      reports.add(what + " id " + id + " is bound twice; the first is kept");
                    }
                  } catch (ProvisionException | LinkageError e) {
                    reports.add(what + " " + id + " cannot be made: " + firstLine(e));
                  }
                });
      } catch (CreationException | LinkageError e) {
        reports.add(module.getClass().getName() + ": " + firstLine(e));
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked") // The key names the type that the cast is to.
  private <T> Map<String, Provider<T>> providers(Class<T> type, Module module) {
    Injector injector =
        Guice.createInjector(
            module,
            new AbstractModule() {
              @Override
              protected void configure() {
                bind(Config.class).toInstance(config);
                // A module that binds nothing still has a map.
                MapBinder.newMapBinder(binder(), String.class, type);
              }
            });
    return (Map<String, Provider<T>>)
        injector.getInstance(Key.get(Types.mapOf(String.class, Types.providerOf(type))));
  }

  private static String firstLine(Throwable e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse(e.getClass().getName());
  }
}
