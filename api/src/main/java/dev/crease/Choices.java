package dev.crease;

import java.util.List;
import java.util.function.Function;

/**
 * The things of one kind that a user can choose by name: the one list that selection, help texts
 * and error messages read.
 *
 * @param <T> the kind
 */
public final class Choices<T> {

  private final String kind;
  private final Function<T, String> name;
  private final List<T> all;

  private Choices(String kind, Function<T, String> name, List<T> all) {
    this.kind = kind;
    this.name = name;
    this.all = List.copyOf(all);
  }

  /**
   * Choices of a kind.
   *
   * @param kind what one of them is called, such as {@code strategy}
   * @param name the name of one
   * @param all at least one, in the order in which they are listed
   */
  public static <T> Choices<T> of(String kind, Function<T, String> name, List<T> all) {
    return new Choices<>(kind, name, all);
  }

  /** All of them. */
  public List<T> all() {
    return all;
  }

  /** Their names. */
  public List<String> names() {
    return all.stream().map(name).toList();
  }

  /** Their names as a sentence has them. */
  public String listed() {
    List<String> names = names();
    int last = names.size() - 1;
    return last == 0
        ? names.get(0)
        : String.join(", ", names.subList(0, last)) + " and " + names.get(last);
  }

  /**
   * The one of a name.
   *
   * @throws BadInput if there is none; the message lists what there is
   */
  public T named(String wanted) {
    return all.stream()
        .filter(each -> name.apply(each).equals(wanted))
        .findFirst()
        .orElseThrow(
            () -> new BadInput("there is no " + kind + " " + wanted + "; there are " + listed()));
  }
}
