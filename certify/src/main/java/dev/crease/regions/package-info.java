/**
 * Linear regions and preimages of a network, as values, and the interface of the engines that find
 * them.
 */
@NullMarked
package dev.crease.regions;

import org.jspecify.annotations.NullMarked;
