/**
 * Questions about invertibility: how far from a centre is one network's output determined by
 * another's (Cui et al., Certified Invertibility in Neural Networks via Mixed-Integer Programming,
 * L4DC 2023: local invertibility, pseudo-invertibility, transformation between networks)?
 */
@NullMarked
package dev.crease.question;

import org.jspecify.annotations.NullMarked;
