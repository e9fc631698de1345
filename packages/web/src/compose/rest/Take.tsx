import { IconButton } from '../../components/Button.tsx';

/** Takes a part away again. */
export const Take = ({ label, onTake }: { label: string; onTake: () => void }) => <IconButton icon="close" label={label} onClick={onTake} />;
