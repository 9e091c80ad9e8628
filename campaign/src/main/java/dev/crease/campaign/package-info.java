/**
 * What Crease is measured on, and how: instances with their true answers, and campaigns that put
 * every backend to them and believe none.
 *
 * <p>{@link dev.crease.campaign.Suite} has the instances, {@link dev.crease.campaign.Plan} says
 * which of them are put to what, {@link dev.crease.campaign.Campaign} runs that, {@link
 * dev.crease.campaign.Judge} compares each answer with the truth. No backend is known here: the
 * caller hands over what there is.
 */
@NullMarked
package dev.crease.campaign;

import org.jspecify.annotations.NullMarked;
