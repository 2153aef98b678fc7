import { patched } from '@temporalio/workflow';
import { chooseDevice } from '../../domain/device/choose-device.js';
import { classOf, onClass, preferenceKey, preferences } from '../../domain/device/preferences.js';
import type { Task } from '../../contract/task-schema.js';
import { awaitDevice } from '../research-loop/activities.js';
import type { AblationStudy } from './study.js';

/**
 * Arms are compared, so all their loops run on one class: each task's is chosen once, of those that somebody serves, and
 * kept to the end.
 */
export const fixClasses = async (study: AblationStudy): Promise<void> => {
  for (const { task } of study.input.research.tasks) {
    const classes = preferences(task);
    const key = preferenceKey(classes);
    if (classes.length < 2 || study.devices[key] !== undefined) continue;
    if (!patched('one class for all arms')) return;
    const summary = `a device for ${task.name}`;
    const { living } = await awaitDevice.executeWithOptions({ summary }, [{ classes }]);
    const chosen = chooseDevice(classes, living);
    if (chosen !== null) study.devices[key] = chosen;
  }
};

export const onChosenClass = ({ devices }: AblationStudy, task: Task): Task =>
  onClass(task, classOf(task, { devices }));
