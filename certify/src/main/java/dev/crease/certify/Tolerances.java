package dev.crease.certify;

/**
 * The tolerances that a result of assurance {@code SOLVER} holds under.
 *
 * @param feasibility by how much the solver may violate a constraint
 * @param integrality by how much an integer variable may be off
 * @param gap relative gap at which the solver calls a solution optimal
 * @param pad what was taken off the solver's bound to be on the safe side
 * @param threshold separation up to which {@code p*} counts as zero; 0 where it is not used
 */
public record Tolerances(
    double feasibility, double integrality, double gap, double pad, double threshold) {}
