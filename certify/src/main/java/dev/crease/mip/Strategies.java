package dev.crease.mip;

import dev.crease.Choices;
import java.util.List;

/** The strategies by the names with which users choose them. */
public final class Strategies {

  private static final Choices<Strategy> ALL =
      Choices.of(
          "strategy",
          Strategy::id,
          List.of(
              new AutoStrategy(),
              new DirectStrategy(),
              new ConesStrategy(),
              new FoldStrategy(),
              new BoxesStrategy(),
              new PaperStrategy()));

  private Strategies() {}

  /** Their names. */
  public static List<String> names() {
    return ALL.names();
  }

  /**
   * The strategy of a name.
   *
   * @throws dev.crease.BadInput if there is none
   */
  static Strategy named(String name) {
    return ALL.named(name);
  }
}
