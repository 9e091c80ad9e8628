package dev.crease.certify;

/**
 * What an answer cost.
 *
 * @param models models solved
 * @param nodes branch-and-bound nodes over all of them, as far as the backend tells
 * @param variables variables of the largest model
 * @param binaries integral variables of the largest model
 * @param constraints constraints of the largest model
 */
public record Statistics(int models, long nodes, int variables, int binaries, int constraints) {

  /** Nothing solved. */
  public static Statistics none() {
    return new Statistics(0, 0, 0, 0, 0);
  }

  /** With one more model. */
  public Statistics plus(dev.crease.model.Model model, long moreNodes) {
    return new Statistics(
        models + 1,
        nodes + Math.max(0, moreNodes),
        Math.max(variables, model.variables().size()),
        Math.max(binaries, model.integralCount()),
        Math.max(constraints, model.constraints().size()));
  }
}
