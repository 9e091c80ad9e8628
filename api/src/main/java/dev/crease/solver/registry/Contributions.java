package dev.crease.solver.registry;

import com.google.inject.AbstractModule;
import com.google.inject.Binding;
import com.google.inject.CreationException;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.Module;
import com.google.inject.Provider;
import com.google.inject.spi.Element;
import com.google.inject.spi.Elements;
import com.google.inject.spi.Message;
import com.google.inject.util.Types;
import com.typesafe.config.Config;
import dev.crease.solver.guard.ForeignCode;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the Guice modules on the class path contribute, by type and id. A module that cannot be
 * loaded, or a part that cannot be made, is reported with its jar and does not stand in the way of
 * the others: each module has an injector of its own, and is asked as {@link ForeignCode}.
 */
public final class Contributions {

  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]*");

  private static final String TELL = "tell whoever made it, or remove the jar";

  /** A module, ready to give what it contributes. */
  private record Part(String origin, Injector injector) {}

  /** A module, and the jar that names it. */
  private record Found(String origin, Module module) {}

  private final List<Part> parts = new ArrayList<>();
  private final List<String> broken;
  private final ForeignCode code;

  private Contributions(List<Found> modules, List<String> broken, Config config) {
    this.code = ForeignCode.of(config);
    this.broken = new ArrayList<>(broken);
    Module configuration =
        new AbstractModule() {
          @Override
          protected void configure() {
            bind(Config.class).toInstance(config);
          }
        };
    for (Found found : modules) {
      String name = found.module().getClass().getName();
      try {
        parts.add(
            new Part(
                found.origin(),
                code.ask("configure()", () -> injector(found.module(), configuration))));
      } catch (ForeignCode.Fault e) {
        this.broken.add(e.line(found.origin(), name));
      }
    }
  }

  private static Injector injector(Module module, Module configuration) {
    List<Element> elements = Elements.getElements(module);
    for (Element element : elements) {
      if (element instanceof Message message && message.getCause() != null) {
        // What configure() threw; an injector would print it.
        throw new CreationException(List.of(message));
      }
    }
    return Guice.createInjector(Elements.getModule(elements), configuration);
  }

  /**
   * Finds the modules on the class path: those that the files {@code META-INF/services/<service>}
   * name, as {@link java.util.ServiceLoader} does.
   *
   * @param service what the modules are
   * @param config the effective configuration, handed to the modules
   */
  public static Contributions discover(Class<? extends Module> service, Config config) {
    ForeignCode code = ForeignCode.of(config);
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context == null ? ClassLoader.getSystemClassLoader() : context;
    List<Found> modules = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    Map<String, String> origins = new HashMap<>();
    for (ServiceFiles.Entry entry : ServiceFiles.read(loader, service, broken::add)) {
      String name = entry.name();
      String first = origins.putIfAbsent(name, entry.origin());
      if (first != null) {
        if (!first.equals(entry.origin())) {
          broken.add(
              entry.origin() + ": " + name + " is in " + first + " too, which is used; remove one");
        }
        continue;
      }
      try {
        modules.add(
            new Found(
                entry.origin(), code.ask("its constructor", () -> load(name, service, loader))));
      } catch (ForeignCode.Fault e) {
        broken.add(e.line(entry.origin(), name));
      }
    }
    return new Contributions(modules, broken, config);
  }

  private static <M> M load(String name, Class<M> service, ClassLoader loader)
      throws ForeignCode.Fault, ReflectiveOperationException {
    String file = "META-INF/services/" + service.getName();
    Class<?> type;
    try {
      type = Class.forName(name, false, loader);
    } catch (ClassNotFoundException e) {
      throw new ForeignCode.Fault(
          file + " names it, and there is no such class", "correct the name there", e);
    }
    if (!service.isAssignableFrom(type)) {
      throw new ForeignCode.Fault(
          file + " names it, and it is no " + service.getSimpleName(), "name one that is there");
    }
    if (!Modifier.isPublic(type.getModifiers()) || Modifier.isAbstract(type.getModifiers())) {
      throw new ForeignCode.Fault("it is not public, or abstract", "make it public and whole");
    }
    try {
      return service.cast(type.getConstructor().newInstance());
    } catch (NoSuchMethodException e) {
      throw new ForeignCode.Fault(
          "it has no public constructor without arguments", "give it one", e);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      throw e;
    }
  }

  /** The given modules. */
  public static Contributions of(Collection<? extends Module> modules, Config config) {
    return new Contributions(
        modules.stream().map(m -> new Found(ServiceFiles.origin(m.getClass()), m)).toList(),
        List.of(),
        config);
  }

  /** The modules that could not be loaded, a line each, with the jar and what to do. */
  public List<String> broken() {
    return List.copyOf(broken);
  }

  /**
   * One thing that is contributed.
   *
   * @param value the thing
   * @param origin the jar that it comes from
   */
  public record Contribution<T>(T value, String origin) {}

  /**
   * All contributions of a type, by id.
   *
   * @param what what to call one in messages
   * @param idOf asks one for the id that it gives itself, which must be the one that it is bound to
   * @param reports takes a line for each that could not be made, with the jar and what to do
   */
  public <T> Map<String, Contribution<T>> all(
      Class<T> type, String what, Function<T, String> idOf, List<String> reports) {
    Map<String, Contribution<T>> found = new TreeMap<>();
    for (Part part : parts) {
      Map<String, Provider<T>> providers;
      try {
        providers = code.ask("its module", () -> providers(type, part.injector()));
      } catch (ForeignCode.Fault e) {
        reports.add(e.line(part.origin(), what + "s"));
        continue;
      }
      providers.forEach(
          (id, provider) -> {
            String name = what + " " + (ID.matcher(id).matches() ? id : "'" + id + "'");
            try {
              T made = code.ask("its constructor", provider::get);
              checkId(id, code.ask("id()", () -> idOf.apply(made)));
              Contribution<T> first =
                  found.putIfAbsent(id, new Contribution<>(made, part.origin()));
              if (first != null) {
                throw new ForeignCode.Fault(
                    "the id is that of one in " + first.origin() + ", which is kept",
                    "remove one of the two");
              }
            } catch (ForeignCode.Fault e) {
              reports.add(e.line(part.origin(), name));
            }
          });
    }
    return found;
  }

  private static void checkId(String bound, String own) throws ForeignCode.Fault {
    if (!ID.matcher(bound).matches()) {
      throw new ForeignCode.Fault(
          "its id is not of lower-case letters, digits and hyphens", "tell whoever made it");
    }
    if (!bound.equals(own)) {
      throw new ForeignCode.Fault(
          "it is bound as " + bound + " and calls itself '" + ForeignCode.oneLine(own) + "'", TELL);
    }
  }

  @SuppressWarnings("unchecked") // The key names the type that the cast is to.
  private static <T> Map<String, Provider<T>> providers(Class<T> type, Injector injector) {
    Binding<Map<String, Provider<T>>> binding =
        (Binding<Map<String, Provider<T>>>)
            injector.getExistingBinding(Key.get(Types.mapOf(String.class, Types.providerOf(type))));
    // A module that binds none has no map.
    return binding == null ? Map.of() : binding.getProvider().get();
  }
}
