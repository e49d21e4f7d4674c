/** How people use and attack a load balancer of type application and its logs. */
import { loadBalancerExercise } from "../../mechanisms/load-balancer-exercise";
import { source } from "./source";

export const exercise = loadBalancerExercise(source, "application");
